package messy

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
)

// Truth is a work as a careful person takes it from the list.
type Truth struct {
	Sheet    string
	From, To int // the rows it stands in, from 1; the columns, where the table is on its side
	Work     judging.Work
	Refused  string // why it is no work though it reads like one: "struck", "formula"; "" for a work
	NoGroup  bool   // nothing in its row says the group: empty or a proposal is right
}

// Sheet is one sheet of a book.
type Sheet struct {
	Name string
	Rows int // that show anything
	grid *grid
}

// Book is a list as an office sends it.
type Book struct {
	Name   string // of the file
	Form   string // how it is stored, a key of Forms
	Sheets []Sheet
	Works  []Truth
	Made   map[string]int // how often each kind of mess is in it
}

// String implements fmt.Stringer.
func (b *Book) String() string {
	var s strings.Builder
	s.WriteString(b.Name + " (" + b.Form + ")\n")
	for _, h := range b.Sheets {
		s.WriteString("# " + h.Name + "\n" + h.grid.String())
	}
	return s.String()
}

// composer makes one book.
type composer struct {
	r     *rand.Rand
	book  *Book
	rich  bool   // the container keeps merged cells, fonts and number formats
	home  string // the unit that sends the whole book; "" where its tables say it themselves
	says  string // where the book says it: label, title, bottom, sheet, file
	sheet string // name of the sheet being made
}

// Compose makes the book of a seed.
func Compose(seed uint64) *Book {
	c := &composer{r: rand.New(rand.NewPCG(seed, 20261129)), book: &Book{Made: map[string]int{}}}
	c.book.Form = Forms[c.r.IntN(len(Forms))]
	c.rich = !slices.Contains(flat, c.book.Form)
	c.book.Name = c.pick("报送表", "作品汇总表", "附件2", "2020年法治作品登记表")
	if c.odds(45) {
		c.home = c.unit()
		c.says = c.pick("label", "label", "title", "bottom", "sheet", "file")
		if c.says == "sheet" && !c.named() {
			c.says = "file"
		}
		if c.says == "file" {
			c.book.Name = c.home + c.pick("", "作品汇总表", "报送表", "+法治作品")
		}
		c.made("unit from " + c.says)
	}
	sheets := 1
	if !slices.Contains(flat, c.book.Form) && c.book.Form != "web" && c.book.Form != "mht" {
		for c.odds(25) && sheets < 3 {
			sheets++
		}
	}
	for i := range sheets {
		c.addSheet(i, sheets)
	}
	if sheets > 1 || len(c.book.Works) > 0 && c.odds(10) && c.rich && c.book.Form != "web" && c.book.Form != "mht" {
		c.aside()
	}
	c.book.Name += "." + ends[c.book.Form]
	return c.book
}

func (c *composer) made(kind string) { c.book.Made[kind]++ }

// addSheet makes a sheet of works.
func (c *composer) addSheet(i, of int) {
	c.sheet = "Sheet" + itoa(i+1)
	if of > 1 && c.odds(50) {
		c.sheet = c.pick("学生", "教师", "第一批", "补报", "汇总") + itoa(i+1)
	}
	if c.says == "sheet" {
		c.sheet = c.home
		if i > 0 {
			c.sheet += itoa(i + 1)
		}
	}
	var g *grid
	switch n := c.r.IntN(100); {
	case n < 10 && c.says != "bottom":
		g = c.forms()
	case n < 16 && (c.home == "" || c.says == "file"):
		g = c.sideways()
	case n < 26 && c.says != "bottom":
		g = c.sideBySide()
	default:
		g = c.list()
	}
	if c.odds(10) && len(g.rows) > 0 {
		c.far(g)
	}
	name := c.sheet
	if !c.named() {
		name = ""
	}
	for _, t := range g.truths {
		t.Sheet = name
		c.book.Works = append(c.book.Works, t)
	}
	c.book.Sheets = append(c.book.Sheets, Sheet{Name: name, Rows: g.filled(), grid: g})
}

// named reports whether the container gives its sheets names.
func (c *composer) named() bool { return c.rich && c.book.Form != "web" && c.book.Form != "mht" }

// far puts a blank far to the right of a row.
func (c *composer) far(g *grid) {
	i := c.r.IntN(len(g.rows))
	g.rows[i] = append(slices.Clone(g.rows[i]), append(make([]cell, 40), cell{text: " "})...)
	c.made("a blank far to the right")
}

// aside adds a sheet that holds no works.
func (c *composer) aside() {
	g := &grid{}
	name := "说明"
	switch c.r.IntN(4) {
	case 0:
		g.line("填表说明")
		g.line("1.作品名称请填写全称，不要加书名号。")
		g.line("2.作者不超过三人，指导教师不超过两人。")
		g.line("3.请于12月4日前将本表报送至示例县司法局。")
	case 1:
		name = "统计"
		g.line("作品数量统计")
		g.line("单位", "书法", "绘画", "合计")
		g.line("示例县第一小学", "3", "4", "7")
		g.line("示例县城关中学", "2", "1", "3")
		g.line("合计", "5", "5", "10")
	case 2:
		name = "选项"
		for _, s := range Categories {
			g.line(s)
		}
	default:
		name = "工作人员"
		g.line("姓名", "职务", "联系电话")
		g.line(c.name(), "科长", c.phone())
		g.line(c.name(), "干事", c.phone())
	}
	c.made("a sheet without works")
	c.book.Sheets = append(c.book.Sheets, Sheet{Name: name, Rows: g.filled(), grid: g})
}

func itoa(n int) string { return strconv.Itoa(n) }

func span(a area) string {
	return itoa(a.top+1) + ":" + itoa(a.left+1) + "–" + itoa(a.bottom+1) + ":" + itoa(a.right+1)
}
