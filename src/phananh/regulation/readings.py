"""Where the Regulation is silent, and how we read it: R1 to R58, as data.

If a reading has an option, you can choose another in `Rules`. The others are what the code does.
`phananh articles --readings` and the documentation print them.
"""

import re
from typing import Any, Final

import attrs

from phananh.articles import Article
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue

Pair = tuple[str, str]


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Reading(PlainValue):
    """One gap: what is silent, how we read it, and the field of `Rules` for another reading.

    `gap` and `default` are in Vietnamese and English. `articles` are ids of clauses. `option` is
    None if you cannot choose another reading.
    """

    id: str
    gap: Pair
    default: Pair
    option: str | None
    articles: tuple[str, ...]

    def _to_line(self) -> str:
        return f"{self.id}: {self.default[1]}"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `id`, `gap` and `default` in both languages, `option` and `articles`."""
        pairs = {"gap": self.gap, "default": self.default}
        return fields_to_plain(self) | {k: {"vi": vi, "en": en} for k, (vi, en) in pairs.items()}


def make_reading(
    name: str, gap: Pair, default: Pair, clauses: str, option: str | None = None
) -> Reading:
    """Return a reading of these clauses. `option` is the field of `Rules` that changes it."""
    articles = tuple(Article(clause).id for clause in clauses.split())
    return Reading(id=name, gap=gap, default=default, option=option, articles=articles)


# fmt: off
RECEIVING: Final[tuple[Reading, ...]] = (
    make_reading("R11",
            ("Có bắt buộc đủ mọi thông tin liên hệ không, kể cả khi gọi điện",
             "whether all contact data is required, even of a caller"),
            ("cần tên và một cách để trả lời. Phần còn thiếu thì đề nghị bổ sung trước khi không "
             "tiếp nhận. Phần mềm này không kiểm tra việc đó",
             "a name and one way to reply. The rest is asked for later, and before a refusal. "
             "The library does not check this"),
            "6.c 10.2.a", "contact_required"),
    make_reading("R12",
            ("Đơn khiếu nại, tố cáo gửi đến Tổng đài",
             "complaints and denunciations that come in"),
            ("không tiếp nhận, nêu lý do và nơi gửi đơn",
             "not accepted, with the reason and where to send them"),
            "1.1.b 7.2"),
    make_reading("R26",
            ("Điều 4 không nêu dịch vụ, khoản 2 Điều 8 lại quy định xử lý",
             "Article 4 names no services, but Art. 8.2 handles them"),
            ("tiếp nhận yêu cầu dịch vụ theo khoản 2 Điều 8",
             "services are accepted under that clause"),
            "6.b 8.2.a"),
    make_reading("R27",
            ("Không tiếp nhận hay xin ý kiến lãnh đạo Trung tâm",
             "whether to reject, or to ask the leadership"),
            ("chắc chắn không đúng điểm b khoản 1 Điều 1, Điều 4 hoặc Điều 6 thì không tiếp "
             "nhận. Đúng nội dung nhưng thuộc thẩm quyền nơi khác thì xin ý kiến. Chưa rõ ràng "
             "thì đề nghị bổ sung trước, nhưng phần mềm này không kiểm tra và vẫn cho không tiếp "
             "nhận ngay",
             "a clear misfit (1.1.b, Art. 4, Art. 6) is rejected. If the subject is right but "
             "belongs to another body, the leadership is asked. If it is unclear, the sender is "
             "asked first. The library does not check this, and allows a refusal at once"),
            "1.1.b 6.b 7.2 8.3 10.2.a"),
    make_reading("R29",
            ("Từ 01/07/2025 Hòa Bình sáp nhập vào Phú Thọ",
             "from 2025-07-01 Hòa Bình is part of Phú Thọ"),
            ("phản ánh, kiến nghị đang xử lý vẫn theo Quy chế này. Tiếp nhận sau đó thì có lưu ý",
             "running cases keep these rules. A case received later gets a caution"),
            "QD.2", "valid_until"),
    make_reading("R30",
            ("Cơ quan Trung ương đóng trên địa bàn tỉnh",
             "central bodies in the province"),
            ("cũng áp dụng các thời hạn này",
             "the limits bind them too"),
            "1.2.b"),
    make_reading("R42",
            ("Chưa đủ điều kiện của Điều 6 thì có chuyển xử lý không",
             "whether a case without what Art. 6 requires is handed on"),
            ("không, phải bổ sung trước hoặc không tiếp nhận. Điện thoại viên trả lời ngay thì "
             "không cần. Nội dung còn để trống hoặc không phải tiếng Việt thì cũng không chuyển. "
             "Nội dung có rõ ràng hay không thì do điện thoại viên đánh giá",
             "it is not: it is completed first, or rejected. The operator's own answer on the "
             "spot needs no contact details. What is blank or not in Vietnamese is not handed on "
             "either. Whether it is clear is the operator's judgement"),
            "3.5 6.a 6.b 6.c 10.2.a", "contact_gate"),
    make_reading("R52",
            ("Chữ \"ngay\" và giờ làm việc hành chính gần nhất đối với điện thoại viên",
             '"at once" and "the nearest office hours" of the operator'),
            ("không có thời hạn. Chờ quá một giờ làm việc thì có lưu ý",
             "no limit. A wait of more than one working hour gets a caution"),
            "3.2 7.2 8.1.b", "waiting_warning"),
    make_reading("R54",
            ("Tổ chức, cá nhân rút phản ánh, kiến nghị",
             "the sender withdraws"),
            ("kết thúc vì đã rút. Phản ánh về hành vi thì vẫn phải thông báo đến cơ quan, đơn vị",
             "the case closes as withdrawn. Of a report on conduct the unit is still to be told"),
            "3.1 8.1.c2 10.2.c"),
    make_reading("R55",
            ("Không tiếp nhận là sai",
             "a refusal was wrong"),
            ("lãnh đạo Trung tâm mở lại, nêu lý do, có lưu trong lịch sử",
             "the leadership reopens the case, in the open, with the reason"),
            "3.1 7.2"),
    make_reading("R47",
            ("Quy chế thay đổi khi đang xử lý",
             "the Regulation changes in the middle of a case"),
            ("xử lý đến cùng theo quy định có hiệu lực khi tiếp nhận",
             "a case keeps the rules under which it was received, to its end"),
            "17.2"),
)
# fmt: on


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
            ("tổ chức, cá nhân đã được thông báo và kết quả đã được cập nhật. Đã trả lời thì "
             "không mở lại. Việc mới là phản ánh, kiến nghị mới có dẫn chiếu",
             "the citizen knows the result, and it is recorded. An answered case is not opened "
             "again. New facts make a new, linked case"),
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
             "được cử khi theo danh bạ thủ trưởng bị phản ánh, hoặc đơn vị không có thủ trưởng. "
             "Không có danh bạ thì chỉ cần có người của đơn vị bị phản ánh",
             "the centre asks the unit for another person. If by the directory its head is "
             "accused, or it has none, the leadership of the centre records that person. "
             "Without a directory anyone accused of the unit may be its head"),
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
            ("được phép, và vẫn nêu là việc phải làm, làm được cả sau khi trả lời. Đã thông báo "
             "một lần thì không nêu nữa",
             "allowed, and still shown as to be done. It can be done after the answer too. Once "
             "is enough"),
            "8.1.c2"),
    make_reading("R39",
            ("Sau khi chuyển mới biết người bị phản ánh",
             "the accused becomes known after the hand-over"),
            ("điện thoại viên bổ sung, sau khi trả lời thì lãnh đạo Trung tâm cũng bổ sung được, "
             "đã chuyển thì không rút lại. Người đang xử lý mà bị phản ánh thì không xử lý tiếp, "
             "đơn vị cử người khác",
             "the operator adds them, after the answer the leadership too, and they cannot be "
             "removed after the hand-over. If the holder is accused, they do not go on, and "
             "another person is named"),
            "8.1.c2 10.2.a"),
    make_reading("R53",
            ("Chuyển nhầm công chức, viên chức, đơn vị dịch vụ hoặc cơ quan, đơn vị",
             "handed to the wrong officer, provider or agency"),
            ("người đang xử lý chuyển trả lại, nêu lý do. Ai nhận lại thì thời hạn tiếp tục với "
             "phần còn lại khi mình, hoặc đồng nghiệp xử lý tiếp, chuyển trả. Từ lần thứ hai thì "
             "có lưu ý",
             "the holder sends it back with the reason. Who gets it again goes on with what was "
             "left when they, or a colleague who took over, sent it back. From the second time on "
             "there is a caution"),
            "3.4 10.1.b"),
    make_reading("R56",
            ("Sau khi chuyển mới thấy là khiếu nại, tố cáo",
             "a complaint or denunciation is found after the hand-over"),
            ("điện thoại viên sửa loại nội dung. Người đang xử lý chỉ trả lời hướng dẫn. Không "
             "bao giờ công khai",
             "the operator puts the kind right. The holder answers with guidance only. It is never "
             "published"),
            "1.1.b 10.2.a"),
    make_reading("R57",
            ("Xóa dữ liệu cá nhân của một phản ánh, kiến nghị",
             "erasing the personal data of a case"),
            ("ai xóa và vì sao là một sự kiện trong lịch sử. Không xóa khi đang xử lý",
             "who erased it and why is an event of the history. It is not possible while the case "
             "is open"),
            "10.1.b"),
    make_reading("R58",
            ("Nhiều lần dời thời gian hẹn bằng cách chuyển xác minh lần nữa",
             "the appointment is moved again and again by asking another agency"),
            ("được phép, từ lần dời thứ hai thì có lưu ý",
             "allowed, with a caution from the second later appointment on"),
            "8.1.c1 9.3"),
    make_reading("R40",
            ("Người bị phản ánh và đơn vị của họ được biết những gì",
             "what the accused and their unit learn"),
            ("không nêu ai phản ánh, và không được xem nội dung người đó gửi. Người bị phản ánh "
             "không được xem gì. Người xử lý trong đơn vị của họ xem ghi chú và thông báo của "
             "trung tâm",
             "neither who complained nor what the sender wrote. The accused read nothing. "
             "Who handles it in their unit reads what the centre notes or tells the unit"),
            "8.1.c2 3.4"),
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
            "3.1 7.1 10.2.a 10.2.c"),
)
# fmt: on


# fmt: off
LIMITS: Final[tuple[Reading, ...]] = (
    make_reading("R2",
            ("Trạng thái trễ hạn chỉ nêu với cơ quan, đơn vị",
             "only agencies are called overdue"),
            ("cả hai thời hạn đều có thể trễ hạn, có ghi thời hạn của ai",
             "both limits can run out, and whose it was is recorded"),
            "9.1 9.2", "overdue_stages"),
    make_reading("R3",
            ("Hẹn lại có thay đổi thời hạn không",
             "whether rescheduling moves the due time"),
            ("có, một lần. Thời hạn cũ vẫn lưu trong lịch sử",
             "it does, once. The old due time stays in the history"),
            "9.3", "reschedule_moves_due"),
    make_reading("R4",
            ("Đã hết thời hạn thì còn được hẹn lại không",
             "whether a case may be rescheduled once it is late"),
            ("không",
             "it may not"),
            "9.3", "reschedule_after_due"),
    make_reading("R5",
            ("Lần hẹn đầu có tính là hẹn lại không",
             "whether the first appointment counts as the one reschedule"),
            ("không, vì Quy chế nêu là hẹn lại",
             'it does not: the clause says "again"'),
            "8.1.c1 9.3", "first_appointment_counts"),
    make_reading("R6",
            ("Nhận ngoài giờ hoặc trong giờ nghỉ trưa",
             "received out of hours, or at lunch"),
            ("ghi nhận vào lúc nhận. Thời hạn chỉ tính trong giờ làm việc",
             "it counts as received when it was handed over. The limit counts working time only"),
            "3.2 9.1 9.2"),
    make_reading("R49",
            ("Một bước được làm lúc nào, khi được nhập vào hệ thống sau đó",
             "when a step happened that was entered later"),
            ("lúc mà người thực hiện nêu ra, không sau giờ của hệ thống. Lúc nhập cũng được lưu. "
             "Nêu là trong thời hạn mà nhập sau khi hết hạn thì vẫn trong thời hạn, có lưu ý. Nếu "
             "đã đánh dấu trễ hạn thì bỏ đánh dấu (R50)",
             "when its author states, and not ahead of the clock. When it was entered is stored "
             "too. Stated in time but entered after the limit ran out, it is in time, with a "
             "caution. A lapse that was recorded before is lifted (R50)"),
            "9.1 9.2", "backdating"),
    make_reading("R50",
            ("Đánh dấu trễ hạn theo một thời hạn sai",
             "a limit ran out that was wrong"),
            ("lãnh đạo Trung tâm bỏ đánh dấu trễ hạn, nêu lý do và văn bản. Vẫn lưu trong lịch sử, "
             "không còn tính là trễ hạn",
             "the leadership lifts the lapse, with a reason and the documents. It stays in the "
             "history, and no longer counts as late"),
            "9.1 9.2"),
    make_reading("R51",
            ("Trễ hạn là của ai",
             "whose lateness it is"),
            ("của người đang xử lý khi hết hạn, đến khi không còn do họ xử lý. Từ khi bị phản ánh, "
             "không được xử lý, là của đơn vị",
             "of who had the case when the limit ran out, until it leaves them. Once they are "
             "accused, and may not act, it is of their unit"),
            "9.1 9.2 14"),
    make_reading("R10",
            ("Cử người khác trong cùng đơn vị",
             "another person of the same unit takes over"),
            ("thời hạn vẫn tiếp tục tính",
             "the limit goes on"),
            "8.1.c2", "reassign_restarts_clock"),
    make_reading("R14",
            ("Đúng thời điểm hết hạn là còn hạn hay trễ hạn",
             "whether the closing instant itself is late"),
            ("còn hạn. Trễ hạn là sau thời điểm đó",
             "it is in time. Late is after it"),
            "9.1 9.2", "late_after"),
    make_reading("R15",
            ("Lịch làm việc thay đổi khi thời hạn đang tính",
             "the calendar changes while a limit runs"),
            ("thời hạn đã thông báo không tự thay đổi. Tính lại khi có yêu cầu, sớm hơn thì phải "
             "có yêu cầu riêng",
             "a due time does not move by itself. A recalculation moves it, and to an earlier "
             "time only if asked to"),
            "9.1 9.2"),
    make_reading("R17",
            ("Tính thời hạn có bỏ ngày đầu không",
             "whether the first day is left out"),
            ("tính bằng giờ thì không, tính từ thời điểm nhận. Tính bằng ngày thì bỏ ngày đầu",
             "not for hours: they run from the moment of receipt. A term in days leaves it out"),
            "9.1 9.2"),
    make_reading("R18",
            ("Ngày hoán đổi có áp dụng với mọi đối tượng không",
             "whether swapped days bind all bodies"),
            ("cơ quan nhà nước theo lịch của Nhà nước. Doanh nghiệp có thể có lịch riêng",
             "state bodies follow the state calendar. Firms may have their own"),
            "3.2"),
    make_reading("R19",
            ("Giờ làm việc hành chính gần nhất",
             "the nearest office hours"),
            ("đầu buổi làm việc kế tiếp. Không thay đổi thời hạn nào của Điều 9",
             "the next opening. It changes no limit of Article 9"),
            "3.2"),
    make_reading("R21",
            ("Chuyển xác minh có kịp thời hạn 5 giờ không",
             "whether asking for verification meets the 5 hours"),
            ("có, nếu trong 5 giờ. Từ đó tính thời hạn 8 giờ của cơ quan, đơn vị",
             "it does, if it is within them. The agency's 8 hours begin then"),
            "8.1.c1 9.1 9.2"),
    make_reading("R22",
            ("Chuyển nhầm cơ quan, đơn vị",
             "the wrong agency was asked"),
            ("được báo lại, công chức, viên chức chuyển nơi khác, tính lại từ đầu 8 giờ",
             "it says so, and the officer asks another one, which has a new 8 hours"),
            "9.2"),
    make_reading("R23",
            ("Ai được hẹn lại",
             "who may reschedule"),
            ("chỉ cơ quan, đơn vị đang xử lý",
             "only the agency that holds the case"),
            "9.3"),
    make_reading("R24",
            ("Hẹn lại được thêm bao lâu",
             "how far it may be moved"),
            ("sau thời hạn đang tính. Không có mức tối đa. Phải nêu lý do",
             "to any time later than the running limit. There is no maximum, and a reason is "
             "required"),
            "9.3"),
    make_reading("R25",
            ("Thế nào là nhận được",
             "when something is received"),
            ("khi việc chuyển được ghi nhận",
             "when the hand-over is recorded"),
            "9.1 9.2"),
    make_reading("R28",
            ("Kết quả xác minh gửi qua thư điện tử",
             "findings that came by e-mail"),
            ("tính từ khi cập nhật vào Hệ thống phần mềm",
             "they count from when they are entered"),
            "11.1.a"),
    make_reading("R31",
            ("Đề nghị bổ sung thông tin có tạm dừng thời hạn không",
             "whether asking for more stops a limit"),
            ("không, vì Điều 9 không quy định tạm dừng",
             "it does not, because Article 9 has no pause"),
            "10.2.a"),
    make_reading("R32",
            ("Một lần với mỗi phản ánh, kiến nghị hay với mỗi cơ quan, đơn vị",
             "once per case, or once per agency"),
            ("một lần với mỗi phản ánh, kiến nghị, dù cơ quan, đơn vị nào xử lý",
             "once per case, whichever agencies handle it"),
            "9.3", "reschedules"),
    make_reading("R37",
            ("Văn bản hoán đổi ban hành khi đã hết thời hạn",
             "a notice is issued after the limit ran out"),
            ("vẫn là trễ hạn. Hết sau ngày ban hành mà chưa đánh dấu trễ hạn thì được tính lại",
             "it stays late. A limit that ran out after the notice was issued, and is not yet "
             "marked late, still moves"),
            "9.1 9.2", "notice_reaches_back"),
    make_reading("R38",
            ("Lịch làm việc thay đổi sau khi đã hẹn lại",
             "the calendar changes after a reschedule"),
            ("thời gian đã hẹn với tổ chức, cá nhân vẫn giữ, vì là lời hẹn chứ không phải thời "
             "hạn tính ra. Cách hiểu khác: thay đổi như thời hạn tính ra. Hẹn vào ngày mà theo "
             "lịch hiện hành là ngày nghỉ thì cơ quan, đơn vị có thể không còn giờ làm việc nào: "
             "lần tính lại liệt kê riêng để liên hệ tổ chức, cá nhân",
             "the time promised to the citizen stays, because it was not computed. Read "
             "otherwise, it would move like a computed one. A promised time on what is a day off "
             "now may leave no working time. A recalculation lists it apart, so that the citizen "
             "can be called"),
            "9.3"),
    make_reading("R41",
            ("Chuyển xác minh lần nữa đến cùng một cơ quan, đơn vị",
             "the same agency is asked again in one case"),
            ("thời hạn tính tiếp phần còn lại khi báo cáo kết quả. Không còn thì trễ hạn ngay "
             "sau thời điểm đó",
             "its limit goes on with what was left when it reported. If no time was left, it is "
             "late from the next instant on"),
            "9.2 9.3", "asked_again"),
    make_reading("R44",
            ("Điều 9 nêu phản ánh, kiến nghị: yêu cầu giải đáp thông tin có thời hạn không",
             "whether requests for information have limits, though Art. 9 names reports and "
             "proposals"),
            ("có, mọi nội dung điện thoại viên chuyển đều tính thời hạn",
             "they do: 9.1 counts every case that the operator hands on, of any kind"),
            "4.1 9.1"),
    make_reading("R46",
            ("Giờ, phút và giây",
             "hours, minutes and seconds"),
            ("tính từ thời điểm chính xác. Câu chữ nêu đến phút, không muộn hơn thời hạn chính "
             "xác. Nếu hai thời điểm quyết định việc trễ hạn ở trong một phút thì nêu cả giây",
             "counted from the exact instant. Texts give the minute, rounded down, and seconds "
             "where two instants that decide lateness share a minute"),
            "9.1 9.2"),
)
# fmt: on


READINGS: Final[tuple[Reading, ...]] = tuple(
    sorted((*RECEIVING, *HANDLING, *LIMITS), key=lambda each: int(each.id[1:]))
)


def name_readings(text: str) -> str:
    """Return a Vietnamese text in which each reading is named by its gap, and not by its id."""
    gaps = {reading.id: reading.gap[0] for reading in READINGS}
    return re.sub(
        r"(?<=cách hiểu )R\d+", lambda found: f'về "{gaps.get(found[0], found[0])}"', text
    )
