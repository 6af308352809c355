"""What is taken, from whom, and under which rules: where Articles 1 to 7 and 17 are silent."""

from typing import Final

from phananh.regulation.readings.reading import Reading, make_reading

# fmt: off
RECEIVING: Final[tuple[Reading, ...]] = (
    make_reading("R11",
            ("Có bắt buộc đủ mọi thông tin liên hệ không, kể cả khi gọi điện",
             "whether all contact data is required, even of a caller"),
            ("cần tên và một cách để trả lời; phần còn thiếu thì đề nghị bổ sung trước khi "
             "không tiếp nhận, việc đó phần mềm này không kiểm tra",
             "a name and one way to reply; the rest is asked for later, and before a refusal, "
             "which the library does not check"),
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
            "8.2.a"),
    make_reading("R27",
            ("Không tiếp nhận hay xin ý kiến lãnh đạo Trung tâm",
             "whether to reject, or to ask the leadership"),
            ("chắc chắn không đúng điểm b khoản 1 Điều 1, Điều 4 hoặc Điều 6 thì không tiếp "
             "nhận; đúng nội dung nhưng thuộc thẩm quyền nơi khác thì xin ý kiến; chưa rõ ràng "
             "thì đề nghị bổ sung trước, nhưng phần mềm này không kiểm tra và vẫn cho không tiếp "
             "nhận ngay",
             "a sure misfit (1.1.b, Art. 4, Art. 6) is rejected; the right subject of another "
             "body goes to the leadership; what is unclear is asked about first, which is not "
             "checked: it may be refused at once"),
            "1.1.b 6.b 7.2 8.3 10.2.a"),
    make_reading("R29",
            ("Từ 01/07/2025 Hòa Bình thuộc Phú Thọ",
             "from 2025-07-01 Hòa Bình is part of Phú Thọ"),
            ("phản ánh, kiến nghị đang xử lý vẫn theo Quy chế này; tiếp nhận sau đó thì có lưu ý",
             "running cases keep these rules; one opened later is pointed out"),
            "QD.2", "valid_until"),
    make_reading("R30",
            ("Cơ quan Trung ương đóng trên địa bàn tỉnh",
             "central bodies in the province"),
            ("cũng áp dụng các thời hạn này",
             "the limits bind them too"),
            "1.2.b"),
    make_reading("R42",
            ("Thiếu thông tin liên hệ theo Điều 6 thì có chuyển xử lý không",
             "whether what lacks the contact of Art. 6 is handed on"),
            ("không, phải bổ sung trước hoặc không tiếp nhận; điện thoại viên trả lời ngay thì "
             "không cần; chỉ điểm c Điều 6 là điều kiện để chuyển, còn tiếng Việt và nội dung rõ "
             "ràng (điểm a, điểm b) do điện thoại viên đánh giá và hướng dẫn bổ sung",
             "it is not: it is completed first, or rejected; the operator's own answer on the "
             "spot needs no contact; only 6.c gates a hand-over, as language and clearness (6.a, "
             "6.b) are for the operator to judge and to have completed"),
            "3.5 6.a 6.b 6.c 10.2.a", "contact_gate"),
    make_reading("R47",
            ("Quy chế thay đổi khi đang xử lý",
             "the Regulation changes in the middle of a case"),
            ("xử lý đến cùng theo quy định có hiệu lực khi tiếp nhận",
             "a case is decided, to its end, under the rules that it was received under"),
            "17.2"),
)
# fmt: on
