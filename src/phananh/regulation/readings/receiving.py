"""Which cases are accepted, and under which rules: where Articles 1 to 7 and 17 are silent."""

from typing import Final

from phananh.regulation.readings.reading import Reading, make_reading

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
            "8.2.a"),
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
            ("Thiếu thông tin liên hệ theo Điều 6 thì có chuyển xử lý không",
             "whether a case without the contact details of Art. 6 is handed on"),
            ("không, phải bổ sung trước hoặc không tiếp nhận. Điện thoại viên trả lời ngay thì "
             "không cần. Chỉ điểm c Điều 6 là điều kiện để chuyển. Tiếng Việt và nội dung rõ "
             "ràng (điểm a, điểm b) do điện thoại viên đánh giá và hướng dẫn bổ sung",
             "it is not: it is completed first, or rejected. The operator's own answer on the "
             "spot needs no contact details. Only 6.c is a condition of a hand-over. The "
             "operator judges language and clearness (6.a, 6.b), and has them completed"),
            "3.5 6.a 6.b 6.c 10.2.a", "contact_gate"),
    make_reading("R47",
            ("Quy chế thay đổi khi đang xử lý",
             "the Regulation changes in the middle of a case"),
            ("xử lý đến cùng theo quy định có hiệu lực khi tiếp nhận",
             "a case keeps the rules under which it was received, to its end"),
            "17.2"),
)
# fmt: on
