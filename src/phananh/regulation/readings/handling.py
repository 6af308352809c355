"""Who handles a case, who is notified, what is shown: where Articles 8, 10 and 16 are silent."""

from typing import Final

from phananh.regulation.readings.reading import Reading, make_reading

# fmt: off
HANDLING: Final[tuple[Reading, ...]] = (
    make_reading("R1",
            ("Khoản 1 Điều 8 có hai điểm c",
             "Art. 8.1 has two points c"),
            ("gọi là điểm c thứ nhất (xác minh) và điểm c thứ hai (người bị phản ánh)",
             "they are called first (verification) and second (the accused)"),
            "8.1.c1 8.1.c2"),
    make_reading("R7",
            ('Chữ "ngay" không kèm số giờ',
             '"at once" has no number of hours'),
            ("thời điểm làm việc kế tiếp",
             "the next working moment"),
            "7.2 8.1.b 8.2.a"),
    make_reading("R8",
            ("Có kết quả xác minh rồi, bao lâu thì trả lời",
             "how long the officer has once findings are in"),
            ("không có thời hạn. Theo dõi thời gian đã hẹn với tổ chức, cá nhân",
             "no limit. The appointment given to the citizen is tracked"),
            "8.1.c1", "reply_limit"),
    make_reading("R9",
            ("Đơn vị dịch vụ và lãnh đạo Trung tâm không có số giờ",
             "no number for services and for the leadership"),
            ("không có thời hạn. Chờ quá 5 ngày làm việc thì nhắc (vận dụng tương tự, không phải "
             "quy định)",
             "no limit. A wait of more than 5 working days gets a caution (an analogy, not a "
             "rule)"),
            "8.2.a 8.3", "silent_warning"),
    make_reading("R13",
            ("Thế nào là kết thúc",
             'what "closed" means'),
            ("tổ chức, cá nhân đã được thông báo và kết quả đã được cập nhật. Không mở lại. Việc "
             "mới là phản ánh, kiến nghị mới có dẫn chiếu",
             "the citizen knows the result, and it is recorded. The case is not opened again. "
             "New facts make a new, linked case"),
            "8.1.a 7.2"),
    make_reading("R16",
            ("Công khai phản ánh về hành vi hành chính",
             "publishing reports on conduct"),
            ("không bao giờ tự động, và không do cơ quan, đơn vị của người bị phản ánh quyết "
             "định",
             "only by a person, and not by a person of the accused's unit"),
            "2.2 8.1.c2 10.2.b"),
    make_reading("R20",
            ("Thời gian xử lý của chính điện thoại viên",
             "the operator's own time"),
            ("không có thời hạn. Khoản 2 Điều 3 chỉ nêu giờ làm việc hành chính gần nhất",
             "no limit: 3.2 names the nearest office hours, and no number"),
            "3.2 8.1.a"),
    make_reading("R33",
            ("Thủ trưởng đơn vị là người bị phản ánh",
             "the head of the unit is the accused"),
            ("Trung tâm yêu cầu cơ quan, đơn vị cử người khác. Lãnh đạo Trung tâm ghi lại người "
             "được cử khi có người của đơn vị đó bị phản ánh, vì phản ánh, kiến nghị không cho "
             "biết ai là thủ trưởng",
             "the centre asks the unit for another person. If anyone of the unit is accused, the "
             "leadership of the centre records that person, because a case does not know who "
             "heads a unit"),
            "8.1.c2"),
    make_reading("R34",
            ("Công chức, viên chức một cửa thấy là khiếu nại, tố cáo hoặc thuộc nơi khác",
             "an officer finds a complaint, or another body's matter"),
            ("trả lời, kèm hướng dẫn nơi gửi",
             "the officer answers with guidance where to turn"),
            "8.1.b"),
    make_reading("R35",
            ("Quá thời gian đã hẹn với tổ chức, cá nhân",
             "the appointment is missed"),
            ("không phải trễ hạn, nhưng có lưu ý",
             "the case is not late, but gets a caution"),
            "8.1.c1"),
    make_reading("R36",
            ("Kết thúc phản ánh về hành vi mà chưa thông báo đến cơ quan, đơn vị",
             "a case on conduct closes before its unit was notified"),
            ("được phép, và vẫn nêu là việc phải làm, làm được cả sau khi trả lời nếu cơ quan, "
             "đơn vị đó đã được ghi nhận trước khi trả lời",
             "allowed, and still shown as to be done. It can be done after the answer too, but "
             "only for a unit that was recorded before the answer"),
            "8.1.c2"),
    make_reading("R39",
            ("Sau khi chuyển mới biết người bị phản ánh",
             "the accused becomes known after the hand-over"),
            ("điện thoại viên bổ sung khi chưa trả lời xong, đã chuyển thì không rút lại. Người "
             "đang xử lý mà bị phản ánh thì không xử lý tiếp, đơn vị cử người khác",
             "they are added while the case is open, and cannot be removed after the hand-over. "
             "If the holder is accused, they do not go on, and another person is named"),
            "8.1.c2 10.2.a"),
    make_reading("R40",
            ("Thông báo những gì đến đơn vị của người bị phản ánh",
             "what the unit of the accused learns"),
            ("không nêu ai phản ánh, kể cả tên, địa chỉ, số điện thoại, thư điện tử của họ",
             "not who complained, and so no name, address, phone or e-mail of theirs"),
            "8.1.c2"),
    make_reading("R43",
            ("Ai xác định nội dung không thuộc thẩm quyền",
             "who finds that a matter is out of competence"),
            ("lãnh đạo Trung tâm, và ý kiến được ghi vào Hệ thống phần mềm. Chỉ khi ý kiến gần "
             "nhất xác định như vậy thì điện thoại viên mới không tiếp nhận vì lý do đó",
             "the leadership, as data. The operator can refuse for that reason only if its last "
             "opinion says so"),
            "8.3"),
    make_reading("R45",
            ("Nội dung công khai được nêu những ai",
             "whom a published text may name"),
            ("không nêu thông tin của tổ chức, cá nhân gửi và mã tra cứu, không nêu mã của người "
             "bị phản ánh",
             "not the sender (by name, address, phone, e-mail, id or tracking code) and not an "
             "accused (by id). The accused's unit looks into it first"),
            "2.2 8.1.c2"),
    make_reading("R48",
            ("Qua điện thoại, ai là tổ chức, cá nhân gửi, và được đánh giá mấy lần",
             "who is the citizen on a call, and how often they rate"),
            ("người nêu đúng mã tra cứu đã thông báo khi tiếp nhận. Đánh giá một lần",
             "the person who gives the tracking code that the caller got at receipt. They rate "
             "once"),
            "7.1 10.2.a 10.2.c"),
)
# fmt: on
