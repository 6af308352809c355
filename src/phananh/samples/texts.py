"""The texts of sample cases: one to six sentences each, without names of people."""

from random import Random

_ASKED = (
    "Thủ tục cấp lại giấy khai sinh mất bao lâu và nộp ở đâu?",
    "Hồ sơ đăng ký đất đai đã nộp đủ nhưng bị trả lại hai lần không rõ lý do.",
    "Phiếu hẹn ghi ngày trả kết quả đã qua mà chưa thấy trả lời.",
    "Đề nghị cho biết lệ phí đúng theo quy định là bao nhiêu.",
    "Tôi đã gọi nhiều lần trong giờ hành chính nhưng không có người nghe máy.",
    "Mẫu đơn trên cổng dịch vụ công khác với mẫu tại bộ phận một cửa.",
    "Đường vào khu dân cư đọng nước sau mỗi trận mưa, xe máy đi lại khó khăn.",
    "Xin hướng dẫn cách nộp hồ sơ qua mạng cho người cao tuổi.",
    "Quy định yêu cầu nộp bản sao có chứng thực là thừa vì đã có dữ liệu dân cư.",
    "Đề nghị rút ngắn thời gian xử lý và công khai kết quả trên trang thông tin.",
    "Điện trong thôn mất nhiều giờ mà không có thông báo trước.",
    "Cán bộ tiếp nhận yêu cầu bổ sung giấy tờ không có trong danh mục.",
)
_SAID = (
    "Đã kiểm tra hồ sơ và xác nhận nội dung phản ánh là đúng một phần.",
    "Đơn vị đã hướng dẫn lại và hẹn trả kết quả theo đúng quy định.",
    "Mức thu theo nghị quyết hiện hành, được niêm yết tại nơi tiếp nhận.",
    "Phần giấy tờ yêu cầu thêm đã được bỏ; người dân không phải nộp lại.",
    "Đã nhắc nhở bộ phận liên quan và sửa thông tin trên cổng dịch vụ công.",
    "Nếu còn vướng mắc, đề nghị liên hệ lại và nêu mã tra cứu.",
    "Việc khắc phục được lập kế hoạch, dự kiến xong trong tháng.",
)
_LENGTHS = (30, 30, 20, 10, 6, 4)  # of a hundred texts, how many have one sentence, two, ...


def draw_request(chance: Random) -> str:
    """Return a text by a citizen."""
    return _draw(chance, _ASKED)


def draw_reply(chance: Random) -> str:
    """Return an answer, a finding or a note by an office."""
    return _draw(chance, _SAID)


def _draw(chance: Random, sentences: tuple[str, ...]) -> str:
    count = chance.choices(range(1, len(_LENGTHS) + 1), _LENGTHS)[0]
    return " ".join(("[Mẫu]", *chance.choices(sentences, k=count)))
