"""The clauses of Decision 2370/QĐ-UBND (Hòa Bình, 2019), each paraphrased in a line.

Point đ is `dd`. The two points c of 8.1 are `8.1.c1` and `8.1.c2` (reading R1). The second
paragraph of 16.1 is `16.1.p2`. Articles of the Decision itself, above the annexed Regulation,
are `QD.1` to `QD.3`. The text that binds is the signed one. Its misprints are not repeated here.
"""

from typing import Final

# id: (paraphrase in Vietnamese, paraphrase in English), in the order of the Regulation.
# One under the other, because they are read together and checked together.
# fmt: off
CLAUSES: Final[dict[str, tuple[str, str]]] = {
    "QD.1": ("Ban hành Quy chế hoạt động Tổng đài hành chính công tỉnh Hòa Bình",
             "The Regulation of the province's public administration hotline is issued"),
    "QD.2": ("Có hiệu lực thi hành kể từ ngày ký, 30/10/2019",
             "In force from the day of signing, 30 October 2019"),
    "QD.3": ("Thủ trưởng các cơ quan, Chủ tịch UBND các huyện, "
             "thành phố và người liên quan thi hành",
             "Heads of offices, chairs of districts and the city, and all concerned carry it out"),
    "1.1.a": ("Phạm vi: hoạt động của Tổng đài và sự phối hợp của cơ quan, đơn vị, cá nhân",
              "Scope: the hotline, and how offices work together with it"),
    "1.1.b": ("Quy chế không quy định việc tiếp nhận, giải quyết đơn khiếu nại, tố cáo",
              "Complaints and denunciations are outside this Regulation"),
    "1.2.a": ("Áp dụng đối với sở, ban, ngành và cán bộ, công chức, viên chức được giao nhiệm vụ",
              "Binds the province's departments and the staff in charge"),
    "1.2.b": ("Áp dụng đối với cơ quan Trung ương tại tỉnh: công an, bảo hiểm xã hội, điện lực",
              "Binds central bodies in the province: police, social insurance, power company"),
    "1.2.c": ("Áp dụng đối với doanh nghiệp cung cấp dịch vụ: Bưu điện tỉnh, VNPT và tổ chức khác",
              "Binds service firms: the provincial post, VNPT and others"),
    "1.2.d": ("Áp dụng đối với tổ chức, cá nhân có phản ánh, kiến nghị",
              "Applies to organisations and persons who send a report or a proposal"),
    "2.1": ("Tổng đài là đầu mối tiếp nhận, giải đáp về chính sách, thủ tục, hành vi công vụ",
            "The hotline is the focal point for policy, procedures and the conduct of staff"),
    "2.2": ("Cổng 1022 tiếp nhận phản ánh, kiến nghị và công khai kết quả xử lý",
            "The 1022 portal receives cases and publishes their results"),
    "3.1": ("Tiếp nhận, xử lý, giải đáp, phản hồi 100% yêu cầu, phản ánh, kiến nghị",
            "Every request is received, handled and answered: 100%"),
    "3.2": ("Hoạt động liên tục. Tiếp nhận ngoài giờ thì phản hồi vào giờ hành chính gần nhất",
            "Always on. A request out of hours is answered in the nearest office hours"),
    "3.3": ("Bảo đảm công khai, minh bạch, khách quan, trung thực",
            "Work is open, transparent, objective and honest"),
    "3.4": ("Nhanh chóng, chính xác, đúng trình tự, thẩm quyền. Các cơ quan phối hợp chặt chẽ",
            "Fast, exact, in due order and competence, with offices working together"),
    "3.5": ("Chỉ tiếp nhận, xử lý phản ánh, kiến nghị đáp ứng yêu cầu của Điều 6",
            "Only what meets the requirements of Art. 6 is accepted"),
    "4.1": ("Giải đáp: trình tự, thành phần hồ sơ, cơ quan xử lý, thời gian, phí, lệ phí",
            "Information: steps, papers, the office in charge, time, fees"),
    "4.2": ("Phản ánh: quy định không còn phù hợp, hành vi chậm trễ, sách nhiễu, phiền hà, "
            "không thực hiện, thực hiện không đúng",
            "Reports: rules that no longer fit, delay, harassment, trouble caused, "
            "work not done or done wrongly"),
    "4.3": ("Kiến nghị: đề xuất ban hành mới, sửa đổi, bổ sung hoặc bãi bỏ quy định, thủ tục",
            "Proposals: to issue, change or repeal rules and procedures"),
    "5.1": ("Gọi tới Tổng đài, số điện thoại 02183.1022",
            "By telephone, 02183.1022"),
    "5.2": ("Gửi qua trang web hoặc thư điện tử của Tổng đài",
            "Through the website or by e-mail"),
    "6.a": ("Sử dụng tiếng Việt",
            "In Vietnamese"),
    "6.b": ("Thể hiện rõ nội dung, đúng quy định tại Điều 4",
            "Clear in content, and within Art. 4"),
    "6.c": ("Thông báo đầy đủ tên, địa chỉ liên hệ, số điện thoại, địa chỉ thư điện tử",
            "Name, contact address, telephone and e-mail, all given"),
    "7.1": ("Điện thoại viên tiếp nhận qua điện thoại, Cổng 1022, thư điện tử và ghi lưu",
            "The operator takes calls, portal entries and e-mail, and records sender and content"),
    "7.2": ("Không đúng Điều 4, Điều 6: báo ngay lý do không tiếp nhận và hướng dẫn nơi liên hệ",
            "What does not meet Art. 4 or 6: the sender is told at once why, and where to turn"),
    "7.3": ("Thuộc thẩm quyền của cơ quan, đơn vị: tiếp nhận, xử lý theo Điều 8",
            "What lies within an office's competence is handled under Art. 8"),
    "8.1.a": ("Điện thoại viên ghi lưu, trả lời và cập nhật kết quả vào Hệ thống phần mềm",
              "The operator answers, and records the result"),
    "8.1.b": ("Ngoài nghiệp vụ thông thường: ghi lưu, chuyển ngay cho công chức, viên chức một cửa",
              "Beyond routine: recorded, and passed at once to the one-stop officer"),
    "8.1.c1": ("Cần xác minh, kiểm tra: công chức, viên chức một cửa hẹn thời gian trả lời, "
               "cập nhật và gửi cán bộ đầu mối. Cán bộ đầu mối báo cáo lãnh đạo cơ quan để xử lý "
               "và cập nhật nội dung xử lý. Có kết quả thì công chức, viên chức một cửa phản hồi",
               "To verify: the officer promises the sender a time, records it and sends the case "
               "to the agency's focal point, who reports to its head to have it handled and "
               "records what was done. With the result the officer answers"),
    "8.1.c2": ("Cán bộ, công chức, viên chức bị phản ánh chậm trễ, sách nhiễu, phiền hà: Trung tâm "
               "thông báo để cơ quan, đơn vị của họ xử lý, và yêu cầu cử người khác có đủ phẩm "
               "chất đạo đức, năng lực để thực hiện nhiệm vụ",
               "Staff who are reported for delay, harassment or trouble: the centre tells their "
               "unit, which deals with it, and asks it to send another person of the character "
               "and ability for the task"),
    "8.2.a": ("Dịch vụ bưu chính, tiện ích: ghi lưu và chuyển ngay cho Bưu điện tỉnh, đơn vị khác",
              "Postal and other services: recorded, and passed at once to the provider"),
    "8.2.b": ("Xử lý xong, Bưu điện tỉnh hoặc đơn vị dịch vụ cập nhật ngay tình trạng giải quyết",
              "When done, the provider updates the status at once"),
    "8.3": ("Không thuộc thẩm quyền: lãnh đạo Trung tâm cho ý kiến, rồi báo tổ chức, cá nhân",
            "Out of competence: the centre's leadership gives an opinion, then the sender is told"),
    "9.1": ("Công chức, viên chức một cửa xử lý, trả lời không quá 5 giờ làm việc, "
            "kể từ khi nhận nội dung từ điện thoại viên",
            "One-stop officers handle and answer within 5 working hours of receipt from the "
            "operator"),
    "9.2": ("Cơ quan, đơn vị xử lý, trả lời không quá 8 giờ làm việc, "
            "kể từ khi nhận từ công chức, viên chức. Hết thời gian quy định "
            "mà chưa xử lý xong thì trễ hạn",
            "Agencies handle and answer within 8 working hours of receipt from the officer. "
            "Work that is not done by then is overdue"),
    "9.3": ("Cơ quan, đơn vị hẹn lại tổ chức, cá nhân không quá một lần",
            "The agency may reschedule once at most"),
    "10.1.a": ("Trung tâm Kinh doanh VNPT Hòa Bình cử nhân viên có phẩm chất đạo đức tốt, "
               "phát âm chuẩn, giao tiếp tốt",
               "VNPT Hòa Bình sends operators of good character who speak clearly"),
    "10.1.b": ("Trung tâm Kinh doanh VNPT Hòa Bình bố trí nhân viên phân loại, "
               "chuyển đúng thẩm quyền, cập nhật đầy đủ",
               "VNPT Hòa Bình has cases classified, passed on by competence and recorded in full"),
    "10.1.c": ("Trung tâm Kinh doanh VNPT Hòa Bình bảo đảm hạ tầng, đường truyền "
               "và nâng cấp Hệ thống phần mềm",
               "VNPT Hòa Bình maintains infrastructure and links, and improves the software"),
    "10.1.d": ("Trung tâm Kinh doanh VNPT Hòa Bình cấp tài khoản "
               "và hướng dẫn cán bộ đầu mối sử dụng",
               "VNPT Hòa Bình gives the focal points accounts and training"),
    "10.1.dd": ("Trung tâm Kinh doanh VNPT Hòa Bình phối hợp với Sở Thông tin và Truyền thông "
                "bảo đảm an toàn, an ninh mạng",
                "VNPT Hòa Bình keeps the system secure, together with the information department"),
    "10.2.a": ("Điện thoại viên hướng dẫn tổ chức, cá nhân bổ sung nội dung chưa rõ hoặc còn thiếu",
               "The operator asks the sender to complete what is unclear or missing"),
    "10.2.b": ("Điện thoại viên tuân thủ quy trình, thời hạn và đăng tải kết quả xử lý",
               "The operator follows the process and the limits, and posts the results"),
    "10.2.c": ("Điện thoại viên giải đáp đầy đủ, chính xác, lịch sự, hướng tới sự hài lòng",
               "The operator answers fully, exactly and politely, to satisfy the sender"),
    "11.1.a": ("Cơ quan, đơn vị bố trí cán bộ đầu mối trả lời qua hệ thống hoặc thư điện tử",
               "Agencies name focal points, who answer in the system or by e-mail"),
    "11.1.b": ("Cơ quan, đơn vị thực hiện đúng Điều 8, Điều 9",
               "Agencies follow Art. 8 and 9"),
    "11.1.c": ("Cơ quan, đơn vị sử dụng chữ ký số trong văn bản điện tử",
               "Agencies sign electronic documents digitally"),
    "11.1.d": ("Lãnh đạo và người được giao xử lý chịu trách nhiệm về nội dung trả lời",
               "Heads and the staff in charge answer for the content of replies"),
    "11.2.a": ("Công chức, viên chức một cửa thực hiện đúng Điều 8, Điều 9",
               "One-stop officers follow Art. 8 and 9"),
    "11.2.b": ("Công chức, viên chức một cửa hòa nhã, lịch sự, không gây phiền hà, sách nhiễu",
               "One-stop officers are polite and do not harass anyone"),
    "12.1": ("Văn phòng UBND tỉnh chỉ đạo Trung tâm, theo dõi, tổng hợp, báo cáo Chủ tịch",
             "The Office directs the centre, keeps track, sums up and reports to the Chair"),
    "12.2": ("Văn phòng UBND tỉnh cung cấp bộ thủ tục hành chính cho Tổng đài",
             "The Office supplies the hotline with the catalogue of procedures"),
    "12.3": ("Văn phòng UBND tỉnh đề xuất cải tiến quy trình, rút ngắn thời gian, giảm giấy tờ",
             "The Office proposes a shorter process with less paper"),
    "12.4": ("Văn phòng UBND tỉnh lập dự toán kinh phí hằng năm",
             "The Office draws up the yearly budget"),
    "13.1": ("Sở Thông tin và Truyền thông định hướng báo chí tăng cường truyền thông về Tổng đài",
             "The information department has the press make the hotline known"),
    "13.2": ("Sở Thông tin và Truyền thông phối hợp bảo đảm an toàn thông tin, ứng cứu sự cố",
             "The information department helps with security and responds to incidents"),
    "14": ("Sở Nội vụ tổng hợp, đánh giá việc thực thi công vụ hằng năm theo kết quả xử lý",
           "Home Affairs assesses units and staff each year by their results"),
    "15": ("Văn phòng UBND tỉnh tổng hợp báo cáo hằng tháng hoặc đột xuất theo yêu cầu",
           "The Office reports every month, and on demand"),
    "16.1": ("Xem xét khen thưởng tổ chức, cá nhân có phản ánh, kiến nghị giúp sửa đổi quy định",
             "Senders whose input changed a rule are considered for commendation"),
    "16.1.p2": ("Thủ trưởng đơn vị trực tiếp xử lý đề xuất hình thức khen thưởng",
                "The head of the unit that handled it proposes the form of commendation"),
    "16.2": ("Xem xét khen thưởng cán bộ, công chức, viên chức, thủ trưởng hoàn thành tốt nhiệm vụ",
             "Staff and heads who do this work well are considered for commendation"),
    "16.3": ("Vi phạm hoặc không thực hiện đầy đủ nhiệm vụ: xử lý theo tính chất, mức độ",
             "Breach or neglect of these duties is dealt with by kind and gravity"),
    "17.1": ("Thủ trưởng các cơ quan, Trung tâm và tổ chức, cá nhân liên quan thực hiện Quy chế",
             "Heads, the centre and all concerned carry out the Regulation"),
    "17.2": ("Vướng mắc báo Văn phòng UBND tỉnh qua Trung tâm. Chủ tịch xem xét, điều chỉnh",
             "Difficulties go through the centre to the Office. The Chair may amend the rules"),
}

# id: why no software does it, for the clauses that ask for nothing or for the work of people.
OUTSIDE: Final[dict[str, tuple[str, str]]] = {
    "QD.1": ("Chỉ ban hành Quy chế, yêu cầu nằm ở các điều của Quy chế",
             "It only issues the Regulation, whose clauses make the demands"),
    "QD.3": ("Giao trách nhiệm thi hành cho người và cơ quan",
             "It makes people and offices responsible"),
    "1.1.a": ("Chỉ nêu phạm vi, yêu cầu nằm ở các điều sau",
              "It only names the scope, and later clauses make the demands"),
    "3.3": ("Nguyên tắc làm việc của con người, phần mềm không đo được",
            "A principle of how people work, which no program measures"),
    "10.1.a": ("Việc tuyển chọn nhân viên của đơn vị vận hành",
               "It is about whom the operating firm employs"),
    "10.1.c": ("Máy móc, đường truyền của đơn vị vận hành",
               "It is about the machines and lines of the operating firm"),
    "10.1.d": ("Ứng dụng cấp tài khoản, con người hướng dẫn sử dụng. "
               "Thư viện nhận người đã được ứng dụng xác thực",
               "The application gives accounts, and people give training. "
               "The library takes whom the application has signed in"),
    "11.2.b": ("Thái độ phục vụ của con người. Phản ánh về thái độ được xử lý theo 8.1.c2",
               "It is about manners. A report of bad ones is handled by 8.1.c2"),
    "12.3": ("Việc đề xuất của Văn phòng UBND tỉnh",
             "The Office makes proposals"),
    "12.4": ("Việc lập dự toán kinh phí",
             "It is about the budget"),
    "13.1": ("Việc định hướng báo chí",
             "It is about the press"),
    "13.2": ("Việc bảo đảm an toàn và ứng cứu sự cố của con người",
             "People keep the system safe, and respond to incidents"),
    "17.1": ("Giao trách nhiệm thực hiện cho người và cơ quan",
             "It makes people and offices responsible"),
}

# id: what of it no software does, for the clauses that ask for the work of people too.
PARTLY_OUTSIDE: Final[dict[str, tuple[str, str]]] = {
    "10.2.c": ("Phần mềm ghi câu trả lời và mức độ hài lòng. "
               "Thái độ, sự đầy đủ, chính xác của câu trả lời là việc của con người",
               "The answer and the sender's score are recorded. "
               "Manners, and whether an answer is full and right, are the work of people"),
    "17.2": ("Phản ánh vướng mắc, sửa Quy chế là việc của con người. "
             "Quy chế đã sửa áp dụng cho PAKN tiếp nhận từ ngày có hiệu lực",
             "People report difficulties and amend the Regulation. "
             "Amended rules hold for cases that are received from their first day on"),
}
# fmt: on
