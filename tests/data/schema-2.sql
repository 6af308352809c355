BEGIN TRANSACTION;
CREATE TABLE phananh_case (
    case_id text primary key not null, version integer not null, state text not null,
    holder text, holder_id text, holder_key text, unit text, unit_key text,
    kind text not null, channel text not null, received_at text not null, since text not null,
    updated_at text not null, due text, is_open integer not null, late integer not null,
    rules text not null, calendar text, calendar_version text, filters text not null,
    code text not null, crc integer not null) without rowid;
INSERT INTO "phananh_case" VALUES('HB-2603-6Z93VKAB57',1,'received','operator',NULL,NULL,NULL,NULL,'information','phone','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z',NULL,1,0,'HB-2019-729997ed',NULL,NULL,'received|operator|information|1|0|HB-2019-729997ed','1ee26d366a89de29f1de88fc10ed23c7e484b0e12037dd5dc488dca473b6f61d',3431039144);
INSERT INTO "phananh_case" VALUES('HB-2603-792KBG1Z4J',2,'received','operator',NULL,NULL,NULL,NULL,'information','phone','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z',NULL,1,0,'HB-2019-729997ed',NULL,NULL,'received|operator|information|1|0|HB-2019-729997ed','f87cc986a8d5111bf4688c9d91861a6c86c9d782aadcf703c438d054d6d389ae',4210506254);
INSERT INTO "phananh_case" VALUES('HB-2603-TQSZ7ARQNY',1,'received','operator',NULL,NULL,NULL,NULL,'information','phone','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z','2026-03-02T01:00:00.000000Z',NULL,1,0,'HB-2019-729997ed',NULL,NULL,'received|operator|information|1|0|HB-2019-729997ed','fe2c80cc187a3de3485bb96152bd87a6dc56b66b1fa6059b44e862d4b7424980',643667665);
CREATE TABLE phananh_command (
    command_id text primary key not null, case_id text not null, version integer not null,
    digest text not null, is_personal integer not null, crc integer not null) without rowid;
INSERT INTO "phananh_command" VALUES('click-0','HB-2603-792KBG1Z4J',1,'cd3a725192c3ebc50327538f512355e8',1,942323478);
INSERT INTO "phananh_command" VALUES('click-1','HB-2603-6Z93VKAB57',1,'4131dea531d6887f58d044004ba97683',1,2656160142);
INSERT INTO "phananh_command" VALUES('click-2','HB-2603-TQSZ7ARQNY',1,'b9a79dec4c8195c44c9cc9dd60977c71',1,4280012302);
INSERT INTO "phananh_command" VALUES('more','HB-2603-792KBG1Z4J',2,'403edb4c4e43364b638f5268de1c4168',1,130013352);
CREATE TABLE phananh_erasure (
    case_id text primary key not null, at text not null, version integer not null)
    without rowid;
INSERT INTO "phananh_erasure" VALUES('HB-2603-6Z93VKAB57','2026-03-02T01:00:00.000000Z',1);
CREATE TABLE phananh_event (
    position integer primary key autoincrement, case_id text not null, version integer not null,
    type text not null, at text not null, body text not null, crc integer not null,
    unique (case_id, version));
INSERT INTO "phananh_event" VALUES(1,'HB-2603-792KBG1Z4J',1,'Received','2026-03-02T01:00:00.000000Z','{"v":1,"at":"2026-03-02T08:00:00+07:00","by":{"id":"OP-1","role":"operator","unit":null},"state":"received","holder":{"role":"operator","id":null,"unit":null},"rules":"HB-2019-729997ed","article":"7.1","kind":"information","channel":"phone","language":"vi","about_unit":null,"accused":[],"code_digest":"f87cc986a8d5111bf4688c9d91861a6c86c9d782aadcf703c438d054d6d389ae","content":{"length":22,"digest":"a9ba1b7f6ead102293db39a0607707c1"},"sender":{"length":76,"digest":"cfc33012dffdfa7c142e0645e909aab2"},"code":{"length":20,"digest":"6730397a44a46fd2c463bb7b2003b3f8"}}',3743765054);
INSERT INTO "phananh_event" VALUES(2,'HB-2603-6Z93VKAB57',1,'Received','2026-03-02T01:00:00.000000Z','{"v":1,"at":"2026-03-02T08:00:00+07:00","by":{"id":"OP-1","role":"operator","unit":null},"state":"received","holder":{"role":"operator","id":null,"unit":null},"rules":"HB-2019-729997ed","article":"7.1","kind":"information","channel":"phone","language":"vi","about_unit":null,"accused":[],"code_digest":"1ee26d366a89de29f1de88fc10ed23c7e484b0e12037dd5dc488dca473b6f61d","content":{"length":22,"digest":"48e82d65bf9b63eae455e0f276b92ba9"},"sender":{"length":76,"digest":"99caa2ba253e14582fc5c13d50b54f43"},"code":{"length":20,"digest":"26138c4f78be036001f6e452f8eff527"}}',625508794);
INSERT INTO "phananh_event" VALUES(3,'HB-2603-TQSZ7ARQNY',1,'Received','2026-03-02T01:00:00.000000Z','{"v":1,"at":"2026-03-02T08:00:00+07:00","by":{"id":"OP-1","role":"operator","unit":null},"state":"received","holder":{"role":"operator","id":null,"unit":null},"rules":"HB-2019-729997ed","article":"7.1","kind":"information","channel":"phone","language":"vi","about_unit":null,"accused":[],"code_digest":"fe2c80cc187a3de3485bb96152bd87a6dc56b66b1fa6059b44e862d4b7424980","content":{"length":22,"digest":"da79435648779342baccc77fdfd6645a"},"sender":{"length":76,"digest":"52ff82c3f0b3da39be842d7a9b2d5b6c"},"code":{"length":20,"digest":"802deed8b578a45b99254cbb56682cd1"}}',2412392580);
INSERT INTO "phananh_event" VALUES(4,'HB-2603-792KBG1Z4J',2,'Completed','2026-03-02T01:00:00.000000Z','{"v":1,"at":"2026-03-02T08:00:00+07:00","by":{"id":"OP-1","role":"operator","unit":null},"state":"received","holder":{"role":"operator","id":null,"unit":null},"rules":"HB-2019-729997ed","article":"10.2.a","kind":null,"accused":null,"about_unit":null,"language":null,"content":{"length":4,"digest":"902f080bc221740c78934c7ea0367e81"},"sender":null}',1430231031);
CREATE TABLE phananh_personal (
    position integer primary key not null, salt blob not null, data not null);
INSERT INTO "phananh_personal" VALUES(1,X'737278C9D032404E896FF8157B98014F','{"content":"Xin hỏi giờ tiếp dân 0","sender":{"name":"Người gửi mẫu","address":null,"phone":"0218 383 1022","email":null},"code":"BD7R-YEBJ-MGEY-4GHQM"}');
INSERT INTO "phananh_personal" VALUES(2,X'00000000000000000000000000000000',X'00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO "phananh_personal" VALUES(3,X'F923CFA623C27EDF3BB59A0E573F1E41','{"content":"Xin hỏi giờ tiếp dân 2","sender":{"name":"Người gửi mẫu","address":null,"phone":"0218 383 1022","email":null},"code":"2TE7-R6ZK-27TT-C56M1"}');
INSERT INTO "phananh_personal" VALUES(4,X'73D4579B82A6EB11A9821D0193631611','{"content":"thêm"}');
CREATE TABLE phananh_schema (version integer not null);
INSERT INTO "phananh_schema" VALUES(2);
CREATE UNIQUE INDEX phananh_case_code on phananh_case (code);
CREATE UNIQUE INDEX phananh_case_code_again on phananh_case (code);
CREATE INDEX phananh_case_due on phananh_case (due, case_id) where due is not null;
CREATE INDEX phananh_case_time on phananh_case (received_at, case_id);
CREATE INDEX phananh_case_unit on phananh_case (unit_key, received_at, case_id)
    where unit_key is not null;
CREATE INDEX phananh_case_holder on phananh_case (holder_key, received_at, case_id)
    where holder_key is not null;
CREATE UNIQUE INDEX phananh_command_again on phananh_command (command_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('phananh_event',4);
COMMIT;
