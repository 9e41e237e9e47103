package sample

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"fayi/judging/sheet/paper"
)

// mapleRows: a plain table as old programs save it, in GB18030, with a sum below.
func (c *contest) mapleRows() [][]string {
	d := c.dice("maple", 0)
	rows := [][]string{{"编号", "作品名", "姓名", "学校名称", "类别", "组别", "辅导教师", "手机", "作品简介"}}
	for _, w := range c.books["maple"] {
		rows = append(
			rows,
			[]string{
				w.number,
				w.title,
				names(w.authors),
				w.unit,
				c.kind(d, w),
				c.group(d, w),
				names(w.teachers),
				w.phone,
				w.intro,
			},
		)
	}
	return append(rows, []string{"合计", strconv.Itoa(len(c.books["maple"])) + "件", "", "", "", "", "", "", ""})
}

// cultureRows: line breaks, commas and quotes within cells, headers of two lines.
func (c *contest) cultureRows() [][]string {
	d := c.dice("culture", 0)
	rows := [][]string{{"作品\n标题", "主创人员\n(多人用顿号)", "工作单位", "作品形式", "参赛组别", "联系方式", "创作说明"}}
	for _, w := range c.books["culture"] {
		intro := w.intro
		if intro != "" && d.IntN(3) == 0 {
			intro = "一、" + intro + "\n二、尺寸：四尺, 已装裱。"
		}
		rows = append(rows, []string{w.title, names(w.authors), w.unit, c.kind(d, w), c.group(d, w), w.phone, intro})
	}
	bad := c.wrong("culture")
	return append(rows, []string{bad.title, names(bad.authors), bad.unit, "机器人编程", bad.group, bad.phone, ""})
}

// onlineBook: the export of a form on the web, with its own columns in front, numbered questions and answers joined
// by ┋.
func (c *contest) onlineBook() paper.Grid {
	d := c.dice("online", 0)
	rows := [][]any{{"序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP",
		"1、您的姓名", "2、手机号码", "3、学校（单位）全称", "4、参赛类别", "5、参赛组别（必填）", "6、作品名称（必填）", "7、指导教师（没有填“无”）", "8、作品简介",
		"9、您从何处得知本次征集"}}
	channels := []string{"学校通知", "微信公众号", "社区宣传栏", "亲友转告"}
	for i, w := range c.books["online"] {
		teacher := names(w.teachers)
		if teacher == "" {
			teacher = "无"
		}
		at := fmt.Sprintf("2025/3/%d %02d:%02d:%02d", 1+i/5, 8+d.IntN(13), d.IntN(60), d.IntN(60))
		known := one(d, channels)
		if d.IntN(3) == 0 {
			known = "学校通知┋亲友转告"
		}
		rows = append(
			rows,
			[]any{
				i + 1,
				at,
				fmt.Sprintf("%d秒", 60+d.IntN(500)),
				"手机提交",
				"直接访问",
				fmt.Sprintf("192.0.2.%d(示例省-示例市)", 1+d.IntN(250)),
				names(w.authors),
				w.phone,
				w.unit,
				c.kind(d, w),
				c.group(d, w),
				w.title,
				teacher,
				w.intro,
				known,
			},
		)
	}
	return paper.Grid{Name: "Sheet1", Rows: rows}
}

// townshipBook: typed by hand. Full-width digits, numbers as text, padded names, every separator between authors,
// blank rows, wrong phones.
func (c *contest) townshipBook() paper.Grid {
	d := c.dice("township", 0)
	rows := [][]any{
		{"２０２５年乡镇法治文化作品汇总"},
		{"序号", "作 品 名 称", "作　者", "单  位", "类 别", "组 别", "指导老师", "电　话"},
	}
	wrongPhones := []string{"154O0000123", "1540000", "同上"}
	for i, w := range c.books["township"] {
		reach := typedPhone(d, w.phone)
		if i%20 == 7 {
			reach = wrongPhones[i/20]
		}
		rows = append(
			rows,
			[]any{
				wideDigits(strconv.Itoa(i + 1)),
				" " + w.title + "　",
				typedNames(d, w.authors),
				w.unit,
				c.kind(d, w),
				c.group(d, w),
				typedNames(d, w.teachers),
				reach,
			},
		)
		if d.IntN(9) == 0 {
			rows = append(rows, []any{})
		}
	}
	bad := c.wrong("township")
	rows = append(rows, []any{wideDigits("61"), "", names(bad.authors), bad.unit, "书法", bad.group, "", bad.phone})
	for _, w := range c.books["city"][:townshipRepeats] {
		rows = append(
			rows,
			[]any{"", w.title, names(w.authors), w.unit, w.category, w.group, names(w.teachers), w.phone},
		)
	}
	rows = append(rows, []any{}, []any{"制表：　　　　　复核："})
	return paper.Grid{Name: "汇总", Rows: rows, Merges: []string{"A1:H1"}}
}

// typedPhone is a phone as a number, as text, with gaps or in full-width digits.
func typedPhone(d *rand.Rand, phone string) any {
	switch d.IntN(5) {
	case 0:
		n, _ := strconv.Atoi(phone)
		return n
	case 1:
		return phone[:3] + "-" + phone[3:7] + "-" + phone[7:]
	case 2:
		return wideDigits(phone)
	case 3:
		return phone[:3] + " " + phone[3:7] + " " + phone[7:]
	}
	return phone
}

// wideDigits writes digits in full width.
func wideDigits(s string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, s)
}

// typedNames joins names by any separator; a single name of two characters is padded to three.
func typedNames(d *rand.Rand, list []string) string {
	if len(list) == 1 {
		if r := []rune(list[0]); len(r) == 2 {
			return string(r[0]) + "　" + string(r[1])
		}
		return list[0]
	}
	return strings.Join(list, one(d, []string{"、", "，", ",", "；", ";", "/", "\n", "  "}))
}

// modelBook: columns in an odd order, the sender in a line above instead of a column.
func (c *contest) modelBook() paper.Grid {
	d := c.dice("model", 0)
	rows := [][]any{
		{"法治文化作品报送清单"},
		{"填报单位：样板镇人民政府（示例）", nil, nil, nil, "填报人：（示例）"},
		{"联系方式", "备注", "指导老师姓名", "作者", "参赛组别", "作品标题", "体裁", "序号"},
	}
	for i, w := range c.books["model"] {
		rows = append(
			rows,
			[]any{w.phone, nil, names(w.teachers), names(w.authors), c.group(d, w), w.title, c.kind(d, w), i + 1},
		)
	}
	return paper.Grid{Name: "清单", Rows: rows, Merges: []string{"A1:H1", "A2:D2"}}
}

// lateBook: correct and plain, but with rows sent before and rows that lack what they must have.
func (c *contest) lateBook() paper.Grid {
	rows := [][]any{{"作品编号", "作品名称", "作者", "作者单位", "报送单位", "作品类别", "组别", "指导教师", "联系人", "联系电话", "电子邮箱", "文件名"}}
	add := func(number string, w *work, category string) {
		rows = append(
			rows,
			[]any{number, w.title, names(w.authors), w.unit, "示例县司法局（示例）", category, w.group, names(w.teachers),
				w.authors[0], w.phone, fmt.Sprintf("sample%03d@example.com", len(rows)), w.file},
		)
	}
	for _, w := range c.books["late"] {
		add(w.number, w, w.category)
	}
	for i, from := range lateRepeats {
		add(fmt.Sprintf("BB%03d", len(c.books["late"])+i+1), c.books[from][i], c.books[from][i].category)
	}
	bad := c.wrong("late")
	bad.title = ""
	add("", bad, "绘画")
	return paper.Grid{Name: "补报", Rows: rows, Widths: []float64{10, 26, 12, 26, 22, 10, 10, 12, 10, 14, 26, 16}}
}

// townshipRepeats is how many works of the city the townships send again; lateRepeats are the workbooks whose works
// come again at the end.
const townshipRepeats = 2

var lateRepeats = []string{"education", "maple", "online", "culture"}

// wrong makes a row that no contest can take: the caller leaves out or spoils one field. Its author is nobody else.
func (c *contest) wrong(book string) *work {
	d := c.dice("wrong/"+book, 0)
	unit := one(d, c.words.Units[book])
	return &work{
		title:   one(d, c.words.Subjects) + "之问",
		unit:    unit.Name,
		group:   unit.Groups[0],
		phone:   phone(9999),
		authors: []string{c.people[len(c.books[book])]},
	}
}

// rejected is how many rows wrong makes: one each in city, culture, township and late.
const rejected = 4
