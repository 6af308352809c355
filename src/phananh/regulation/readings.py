"""Where the Regulation is silent, and what we read into it: R1 to R40, as data.

A reading with an option can be chosen otherwise in `Rules`; the others are what the code does.
`phananh articles --readings` and the documentation print them.
"""

from typing import Any, Final

import attrs

from phananh.articles import Article
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue

Pair = tuple[str, str]


@attrs.frozen(kw_only=True)
class Reading(PlainValue):
    """One gap: what is silent, what we read, and the field of `Rules` that reads it otherwise.

    `gap` and `default` are in Vietnamese and English; `articles` are ids of clauses.
    """

    id: str
    gap: Pair
    default: Pair
    option: str | None
    articles: tuple[str, ...]

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `id`, `gap` and `default` in both languages, `option` and `articles`."""
        pairs = {"gap": self.gap, "default": self.default}
        return fields_to_plain(self) | {k: {"vi": vi, "en": en} for k, (vi, en) in pairs.items()}


def _reading(
    name: str, gap: Pair, default: Pair, clauses: str, option: str | None = None
) -> Reading:
    articles = tuple(Article(clause).id for clause in clauses.split())
    return Reading(id=name, gap=gap, default=default, option=option, articles=articles)


# fmt: off
READINGS: Final[tuple[Reading, ...]] = (
    _reading("R1",
             ("Khoản 1 Điều 8 có hai điểm c",
              "Art. 8.1 has two points c"),
             ("gọi là điểm c thứ nhất (xác minh) và điểm c thứ hai (người bị phản ánh)",
              "they are called first (verification) and second (the accused)"),
             "8.1.c1 8.1.c2"),
    _reading("R2",
             ("Trạng thái trễ hạn chỉ nêu với cơ quan, đơn vị",
              "only agencies are called overdue"),
             ("cả hai thời hạn đều có thể trễ hạn, có ghi thời hạn của ai",
              "both limits can run out, and whose it was is recorded"),
             "9.1 9.2", "overdue_stages"),
    _reading("R3",
             ("Hẹn lại có thay đổi thời hạn không",
              "whether rescheduling moves the due time"),
             ("có, một lần; thời hạn cũ vẫn lưu trong lịch sử",
              "it does, once; the old due time stays in the history"),
             "9.3", "reschedule_moves_due"),
    _reading("R4",
             ("Đã hết thời hạn thì còn được hẹn lại không",
              "whether a case may be rescheduled once it is late"),
             ("không",
              "it may not"),
             "9.3", "reschedule_after_due"),
    _reading("R5",
             ("Lần hẹn đầu có tính là hẹn lại không",
              "whether the first appointment counts as the one reschedule"),
             ("không, vì Quy chế nêu là hẹn lại",
              'it does not: the clause says "again"'),
             "8.1.c1 9.3", "first_appointment_counts"),
    _reading("R6",
             ("Nhận ngoài giờ hoặc trong giờ nghỉ trưa",
              "received out of hours, or at lunch"),
             ("ghi nhận vào lúc nhận; thời hạn chỉ tính trong giờ làm việc",
              "received is when it was handed over; the limit counts working time only"),
             "3.2 9.1 9.2"),
    _reading("R7",
             ('Chữ "ngay" không kèm số giờ',
              '"at once" comes without a number'),
             ("thời điểm làm việc kế tiếp",
              "the next working moment"),
             "7.2 8.1.b 8.2.a"),
    _reading("R8",
             ("Có kết quả xác minh rồi, bao lâu thì trả lời",
              "how long the officer has once findings are in"),
             ("không có thời hạn; theo dõi thời gian đã hẹn với tổ chức, cá nhân",
              "no limit; the appointment told to the citizen is tracked"),
             "8.1.c1", "reply_limit"),
    _reading("R9",
             ("Đơn vị dịch vụ và lãnh đạo Trung tâm không có số giờ",
              "no number for services and for the leadership"),
             ("không có thời hạn; chờ quá 5 ngày làm việc thì nhắc (vận dụng tương tự, không "
              "phải quy định)",
              "no limit; a wait over 5 working days is pointed out (an analogy, not a rule)"),
             "8.2.a 8.3", "silent_warning"),
    _reading("R10",
             ("Cử người khác trong cùng đơn vị",
              "another person of the same unit takes over"),
             ("thời hạn vẫn tiếp tục tính",
              "the limit goes on"),
             "8.1.c2", "reassign_restarts_clock"),
    _reading("R11",
             ("Có bắt buộc đủ mọi thông tin liên hệ không, kể cả khi gọi điện",
              "whether all contact data is required, even of a caller"),
             ("cần tên và một cách để trả lời; phần còn thiếu thì đề nghị bổ sung",
              "a name and one way to reply; the rest is asked for later"),
             "6.c 10.2.a", "contact_required"),
    _reading("R12",
             ("Đơn khiếu nại, tố cáo gửi đến Tổng đài",
              "complaints and denunciations that come in"),
             ("không tiếp nhận, nêu lý do và nơi gửi đơn",
              "not accepted, with the reason and where to send them"),
             "1.1.b 7.2"),
    _reading("R13",
             ("Thế nào là kết thúc",
              'what "closed" means'),
             ("tổ chức, cá nhân đã được thông báo và kết quả đã được cập nhật; việc mới là phản "
              "ánh, kiến nghị mới",
              "the citizen was told and it is recorded; new facts are a new case"),
             "8.1.a 7.2"),
    _reading("R14",
             ("Đúng thời điểm hết hạn là còn hạn hay trễ hạn",
              "whether the closing instant itself is late"),
             ("còn hạn; trễ hạn là sau thời điểm đó",
              "it is in time; late is after it"),
             "9.1 9.2", "late_after"),
    _reading("R15",
             ("Lịch làm việc thay đổi khi thời hạn đang tính",
              "the calendar changes while a limit runs"),
             ("thời hạn đã thông báo không tự thay đổi; tính lại khi có yêu cầu, sớm hơn thì "
              "phải có yêu cầu riêng",
              "a due time does not move by itself; a recalculation moves it, to an earlier time "
              "only when asked"),
             "9.1 9.2"),
    _reading("R16",
             ("Công khai phản ánh về hành vi hành chính",
              "publishing reports on conduct"),
             ("không bao giờ tự động",
              "never automatic"),
             "2.2 10.2.b"),
    _reading("R17",
             ("Tính thời hạn có bỏ ngày đầu không",
              "whether the first day is left out"),
             ("tính bằng giờ thì không, tính từ thời điểm nhận; tính bằng ngày thì bỏ ngày đầu",
              "not for hours: they run from the moment of receipt; a term in days leaves it out"),
             "9.1 9.2"),
    _reading("R18",
             ("Ngày hoán đổi có áp dụng với mọi đối tượng không",
              "whether swapped days bind everybody"),
             ("cơ quan nhà nước theo lịch của Nhà nước; doanh nghiệp có thể có lịch riêng",
              "state bodies follow the state calendar; firms may have their own"),
             "3.2"),
    _reading("R19",
             ("Giờ làm việc hành chính gần nhất",
              "the nearest office hours"),
             ("đầu buổi làm việc kế tiếp; không thay đổi thời hạn nào của Điều 9",
              "the next opening; it changes no limit of Article 9"),
             "3.2"),
    _reading("R20",
             ("Thời gian xử lý của chính điện thoại viên",
              "the operator's own time"),
             ("không có thời hạn",
              "no limit"),
             "8.1.a"),
    _reading("R21",
             ("Chuyển xác minh có kịp thời hạn 5 giờ không",
              "whether asking for verification meets the 5 hours"),
             ("có, nếu trong 5 giờ; từ đó tính thời hạn 8 giờ của cơ quan, đơn vị",
              "it does within them; the agency's 8 hours begin"),
             "8.1.c1 9.1 9.2"),
    _reading("R22",
             ("Chuyển nhầm cơ quan, đơn vị",
              "the wrong agency was asked"),
             ("được báo lại, công chức, viên chức chuyển nơi khác, tính lại từ đầu 8 giờ",
              "it says so, and the officer asks another: a new 8 hours"),
             "9.2"),
    _reading("R23",
             ("Ai được hẹn lại",
              "who may reschedule"),
             ("chỉ cơ quan, đơn vị đang xử lý",
              "only the agency that holds the case"),
             "9.3"),
    _reading("R24",
             ("Hẹn lại được thêm bao lâu",
              "how far it may be moved"),
             ("sau thời hạn đang tính; không có mức tối đa; phải nêu lý do",
              "later than the running limit; no maximum; a reason is required"),
             "9.3"),
    _reading("R25",
             ("Thế nào là nhận được",
              "when something is received"),
             ("khi việc chuyển được ghi nhận",
              "when the hand-over is recorded"),
             "9.1 9.2"),
    _reading("R26",
             ("Điều 4 không nêu dịch vụ, khoản 2 Điều 8 lại quy định xử lý",
              "Article 4 names no services, but Art. 8.2 handles them"),
             ("tiếp nhận yêu cầu dịch vụ theo khoản 2 Điều 8",
              "services are accepted under that clause"),
             "8.2.a"),
    _reading("R27",
             ("Không tiếp nhận hay xin ý kiến lãnh đạo Trung tâm",
              "whether to reject, or to ask the leadership"),
             ("chắc chắn không đúng thì không tiếp nhận; đúng nội dung nhưng thuộc nơi khác thì "
              "xin ý kiến",
              "a sure misfit is rejected; another body's matter goes to the leadership"),
             "7.2 8.3"),
    _reading("R28",
             ("Kết quả xác minh gửi qua thư điện tử",
              "findings that came by e-mail"),
             ("tính từ khi cập nhật vào Hệ thống phần mềm",
              "they count from when they are entered"),
             "11.1.a"),
    _reading("R29",
             ("Từ 01/07/2025 Hòa Bình thuộc Phú Thọ",
              "from 2025-07-01 Hòa Bình is part of Phú Thọ"),
             ("phản ánh, kiến nghị đang xử lý vẫn theo Quy chế này; tiếp nhận sau đó thì có lưu ý",
              "running cases keep these rules; one opened later is pointed out"),
             "QD.2", "valid_until"),
    _reading("R30",
             ("Cơ quan Trung ương đóng trên địa bàn tỉnh",
              "central bodies in the province"),
             ("cũng áp dụng các thời hạn này",
              "the limits bind them too"),
             "1.2.b"),
    _reading("R31",
             ("Đề nghị bổ sung thông tin có tạm dừng thời hạn không",
              "whether asking for more stops a limit"),
             ("không, vì Điều 9 không quy định tạm dừng",
              "it does not: Article 9 knows no pause"),
             "10.2.a"),
    _reading("R32",
             ("Một lần với mỗi phản ánh, kiến nghị hay với mỗi cơ quan, đơn vị",
              "once per case, or once per agency"),
             ("một lần với mỗi phản ánh, kiến nghị, dù cơ quan, đơn vị nào xử lý",
              "once per case, whatever agencies handle it"),
             "9.3", "reschedules"),
    _reading("R33",
             ("Thủ trưởng đơn vị là người bị phản ánh",
              "the head of the unit is the accused"),
             ("Trung tâm yêu cầu cơ quan, đơn vị cử người khác; lãnh đạo Trung tâm ghi lại người "
              "được cử",
              "the centre asks the unit for another person; its leadership records who"),
             "8.1.c2"),
    _reading("R34",
             ("Công chức, viên chức một cửa thấy là khiếu nại, tố cáo hoặc thuộc nơi khác",
              "an officer finds a complaint, or another body's matter"),
             ("trả lời, kèm hướng dẫn nơi gửi",
              "answers with guidance where to turn"),
             "8.1.b"),
    _reading("R35",
             ("Quá thời gian đã hẹn với tổ chức, cá nhân",
              "the appointment is missed"),
             ("không phải trễ hạn, nhưng có lưu ý",
              "not late, but pointed out"),
             "8.1.c1"),
    _reading("R36",
             ("Kết thúc phản ánh về hành vi mà chưa thông báo đến cơ quan, đơn vị",
              "a conduct case closes and the unit was never told"),
             ("được phép, và vẫn nêu là việc phải làm",
              "allowed, and still shown as to be done"),
             "8.1.c2"),
    _reading("R37",
             ("Văn bản hoán đổi ban hành khi đã hết thời hạn",
              "a notice is issued after the limit ran out"),
             ("vẫn là trễ hạn; hết sau ngày ban hành mà chưa ghi trễ hạn thì được tính lại",
              "it stays run out; one that ran out after the notice was issued, and was not yet "
              "marked late, still moves"),
             "9.1 9.2", "notice_reaches_back"),
    _reading("R38",
             ("Lịch làm việc thay đổi sau khi đã hẹn lại",
              "the calendar changes after a reschedule"),
             ("thời gian đã hẹn với tổ chức, cá nhân vẫn giữ, vì là lời hẹn chứ không phải thời "
              "hạn tính ra; cách hiểu khác: thay đổi như thời hạn tính ra. Hẹn vào ngày mà theo "
              "lịch hiện hành là ngày nghỉ thì cơ quan, đơn vị có thể không còn giờ làm việc nào: "
              "lần tính lại liệt kê riêng để liên hệ tổ chức, cá nhân",
              "the time promised to the citizen stays, because it was not computed; the other "
              "reading moves it like a computed one. A time promised on what is a day off now "
              "may leave no working time: a recalculation lists it apart, so that the citizen "
              "can be called"),
             "9.3"),
    _reading("R39",
             ("Sau khi chuyển mới biết người bị phản ánh",
              "who is accused is found out after the hand-over"),
             ("không ghi thêm được nữa; cử người khác, và nêu khi trả lời",
              "it cannot be recorded any more: reassign, and say it in the answer"),
             "8.1.c2 10.2.a"),
    _reading("R40",
             ("Thông báo những gì đến đơn vị của người bị phản ánh",
              "what the unit of the accused is told"),
             ("không nêu ai phản ánh, kể cả tên, địa chỉ, số điện thoại, thư điện tử của họ",
              "never who complained: not their name, address, phone or e-mail"),
             "8.1.c2"),
)
# fmt: on
