package messy

import (
	"slices"
	"strings"

	"fayi/judging"
)

// plan is how one table is laid out.
type plan struct {
	cols     []string // what each column is; "category:书法" for a choice
	wide     map[int]bool
	english  bool
	deep     bool   // the head has two rows
	category string // where the category stands: column, ticks, section, title
	group    string // column, ticks, section, none
	names    string // how authors stand: cell, leader, each
	unit     string // the unit of all rows where no column says it
	lone     bool   // 报送单位 is the only column of units
	heads    [][]string
}

// plan chooses the layout of a table; small ones have no choices, teams or heads of two rows.
func (c *composer) plan(small bool) *plan {
	p := &plan{wide: map[int]bool{}, category: "column", group: "none", names: "cell", unit: c.home}
	if c.odds(50) {
		p.group = "column"
	}
	if !small {
		p.category = c.pick("column", "column", "column", "column", "ticks", "section")
		if p.group == "column" && c.odds(15) {
			p.group = "ticks"
		}
		p.names = c.pick("cell", "cell", "cell", "cell", "cell", "leader", "each")
		p.deep = c.odds(12)
		p.english = c.odds(5) && p.names == "cell" && !p.deep && p.category == "column"
	}
	if p.category == "ticks" || p.group == "ticks" {
		p.deep = p.deep || c.odds(50)
		c.made("choices as columns")
	}
	c.chooseColumns(p, small)
	if p.english {
		c.made("heads in English")
	}
	return p
}

func (c *composer) chooseColumns(p *plan, small bool) {
	cols := []string{"title"}
	switch p.names {
	case "leader":
		cols = append(cols, "leader", "members")
		c.made("a team with a leader")
	case "each":
		cols = append(cols, "author1", "author2")
		c.made("a column for each author")
	default:
		cols = append(cols, "author")
	}
	if c.home == "" || c.odds(15) {
		cols = append(cols, "unit")
		if p.lone = c.home == "" && c.odds(15) && !p.english; p.lone {
			cols[len(cols)-1] = "sender"
			c.made("报送单位 is the only column of units")
		}
	}
	if p.group == "column" {
		cols = append(cols, "group")
	} else if p.group == "ticks" {
		for _, g := range Groups {
			cols = append(cols, "group:"+g)
		}
	}
	switch p.category {
	case "column":
		cols = append(cols, "category")
	case "ticks":
		for _, g := range Categories {
			cols = append(cols, "category:"+g)
		}
	}
	c.finishColumns(p, c.furtherColumns(p, cols, small), small)
}

// furtherColumns adds columns that no list needs.
func (c *composer) furtherColumns(p *plan, cols []string, small bool) []string {
	more := []string{"phone", "teacher", "source", "size", "remark", "number", "intro", "sex", "class"}
	if !small && c.odds(25) {
		more = append(more, "nation", "age", "post", "id", "mail", "level")
	}
	if p.english {
		more = []string{"phone", "teacher", "remark"}
	}
	for _, m := range more {
		if c.odds(30) && !(small && m == "intro") {
			cols = append(cols, m)
		}
	}
	return cols
}

// finishColumns orders the columns, leaves one blank, numbers the rows, merges titles.
func (c *composer) finishColumns(p *plan, cols []string, small bool) {
	if !p.deep && p.names == "cell" && p.category != "ticks" && p.group != "ticks" && c.odds(30) {
		c.r.Shuffle(len(cols), func(i, j int) { cols[i], cols[j] = cols[j], cols[i] })
		c.made("columns in any order")
	}
	if !small && !p.english && c.odds(6) && !slices.ContainsFunc(cols, isChoice) {
		cols = slices.Insert(cols, 1+c.r.IntN(len(cols)-1), "blank")
		c.made("a column left blank")
	}
	if !small && !p.english && !p.deep && c.odds(4) {
		cols = append(cols, "unnamed")
		c.made("a column without a head")
	}
	if c.odds(75) {
		cols = append([]string{"no"}, cols...)
	}
	if p.deep && slices.Contains(cols, "teacher") && c.odds(60) {
		i := slices.Index(cols, "teacher")
		cols = slices.Insert(cols, i+1, "t_phone")
	}
	p.cols = cols
	if i := slices.Index(cols, "title"); c.rich && !p.deep && c.odds(8) {
		p.wide[i] = true
		c.made("titles merged over two columns")
	}
}

// headWord spells the head of a column.
func (c *composer) headWord(p *plan, col string) string {
	switch col {
	case "author1":
		return c.pick("第一作者", "作者1", "作者一")
	case "author2":
		return c.pick("第二作者", "作者2", "作者二")
	}
	list := heads[col]
	if p.english {
		list = english[col]
	}
	if p.deep && !p.english && len(list) > 1 {
		list = list[:2]
	}
	return c.pick(list...)
}

// writeHeads chooses and writes the head of a table.
func (c *composer) writeHeads(g *grid, p *plan) {
	if p.deep {
		c.deepHead(g, p)
		return
	}
	var own []string
	two := map[string]string{"author1": "作者1", "author2": "作者2"}
	if c.odds(50) {
		two = map[string]string{"author1": "第一作者", "author2": "第二作者"}
	}
	for i, col := range p.cols {
		word := two[col]
		if field, choice, ok := strings.Cut(col, ":"); ok {
			word = choice
			if field == "group" || c.book.Made["heads of choices with their field"]%2 == 1 {
				word = heads[field][0] + "：" + choice
			}
		} else if word == "" {
			word = c.headWord(p, col)
		}
		own = append(own, word)
		if p.wide[i] {
			own = append(own, "")
		}
	}
	p.heads = [][]string{own}
	c.putHeads(g, p)
}

// deepHead makes a head of two rows: who or what above, the parts of it below.
func (c *composer) deepHead(g *grid, p *plan) {
	c.made("a head of two rows")
	upper, lower := make([]string, len(p.cols)), make([]string, len(p.cols))
	for i, col := range p.cols {
		field, choice, ok := strings.Cut(col, ":")
		if ok {
			lower[i] = choice
			if i == 0 || !strings.HasPrefix(p.cols[i-1], field+":") {
				upper[i] = heads[field][c.r.IntN(2)]
			}
			continue
		}
		switch {
		case col == "teacher" && i+1 < len(p.cols) && p.cols[i+1] == "t_phone":
			upper[i], lower[i] = c.pick("指导教师", "指导老师", "指导教师信息"), "姓名"
		case col == "t_phone":
			lower[i] = c.pick("电话", "联系电话")
		case col == "author1":
			upper[i], lower[i] = "第一作者", "姓名"
		case col == "author2":
			upper[i], lower[i] = "第二作者", "姓名"
		default:
			upper[i] = c.headWord(p, col)
		}
	}
	p.heads = [][]string{upper, lower}
	c.putHeads(g, p)
}

// putHeads writes the head of a table, as at its top and again further down.
func (c *composer) putHeads(g *grid, p *plan) {
	top := len(g.rows)
	for _, r := range p.heads {
		g.line(r...)
	}
	if !c.rich {
		return
	}
	if !p.deep {
		at := 0
		for i := range p.cols {
			if p.wide[i] {
				g.merge(top, at, top, at+1)
				at++
			}
			at++
		}
		return
	}
	for i := 0; i < len(p.cols); i++ {
		if p.heads[1][i] == "" {
			g.merge(top, i, top+1, i)
			continue
		}
		end := i
		for end+1 < len(p.cols) && p.heads[0][end+1] == "" && p.heads[1][end+1] != "" {
			end++
		}
		g.merge(top, i, top, end)
		i = end
	}
}

// entry is a work with what its row shows.
type entry struct {
	work  judging.Work
	shown map[string]cell
	truth Truth
	lacks string // what it lacks, so that it must be refused
}

// entry makes a work and its row.
func (c *composer) entry(p *plan, n int, unit, category, group string) *entry {
	several := 25
	if p.names != "cell" {
		several = 70
	}
	e := &entry{shown: map[string]cell{}}
	w := &e.work
	w.Title, w.Authors, w.Unit, w.Category, w.Group = c.pick(titles...), c.names(several), unit, category, group
	say := func(col, text string) { e.shown[col] = cell{text: text} }
	has := func(col string) bool { return slices.Contains(p.cols, col) }
	say("no", itoa(n))
	say("title", w.Title)
	if c.rich && c.odds(4) {
		day := 1 + c.r.IntN(9)
		w.Title = "12月" + itoa(day) + "日"
		e.shown["title"] = cell{text: w.Title, number: 44166 + float64(day) - 1, format: `m"月"d"日"`}
		c.made("a title typed as a date")
	}
	say("unit", unit)
	say("sender", unit)
	say("category", c.spelledCategory(category))
	say("group", group)
	say("category:"+category, "√")
	say("group:"+group, c.pick("√", "1"))
	c.sayAuthors(p, e)
	c.sayMore(e)
	for col, text := range map[string]string{"source": "身边的事", "size": "四尺", "remark": "", "sex": "", "class": ""} {
		say(col, text)
	}
	say("sex", c.pick("男", "女"))
	say("class", c.pick("三年级2班", "八（1）班", "高二3班"))
	if c.odds(15) {
		say("remark", c.pick("原创", "需退还", "已在县里展出"))
	}
	c.sayDetails(p, e, n)
	if p.lone || !has("sender") && c.says == "label" && c.home != "" {
		w.Sender = c.home
	}
	if p.lone {
		w.Sender = unit
	}
	c.lack(p, e)
	return e
}

// sayDetails fills the columns that a list need not have.
func (c *composer) sayDetails(p *plan, e *entry, n int) {
	w := &e.work
	say := func(col, text string) { e.shown[col] = cell{text: text} }
	has := func(col string) bool { return slices.Contains(p.cols, col) }
	if has("intro") {
		w.Intro = c.pick("通过书写宪法条文，表达对法治的敬意。", "讲述乡村法庭的故事", "以剪纸表现公平")
		say("intro", w.Intro)
	}
	if has("phone") {
		w.Phone = c.phone()
		e.shown["phone"] = cell{text: c.spelledPhone(w.Phone)}
		if c.rich && c.odds(40) {
			e.shown["phone"] = cell{text: w.Phone, number: asNumber(w.Phone), format: "0"}
		}
	}
	if has("teacher") {
		w.Teachers = c.names(15)
		say("teacher", c.writtenNames(w.Teachers))
		say("t_phone", c.phone())
		if c.odds(8) {
			w.Teachers = nil
			say("teacher", c.pick("无", "/", "—", ""))
			say("t_phone", "")
		}
	}
	if has("number") {
		w.Number = pad(n, 3)
		e.shown["number"] = cell{text: w.Number}
		if c.rich && c.odds(50) {
			e.shown["number"] = cell{text: w.Number, number: float64(n), format: "000"}
			c.made("zero-padded numbers")
		}
	}
}

// sayAuthors writes the authors in the columns that the table has for them.
func (c *composer) sayAuthors(p *plan, e *entry) {
	names := e.work.Authors
	switch p.names {
	case "leader":
		e.shown["leader"] = cell{text: names[0]}
		e.shown["members"] = cell{text: strings.Join(names[1:], c.pick("、", "，", " "))}
	case "each":
		names = names[:min(2, len(names))]
		e.work.Authors = names
		e.shown["author1"] = cell{text: names[0]}
		if len(names) > 1 {
			e.shown["author2"] = cell{text: names[1]}
		}
	default:
		e.shown["author"] = cell{text: c.writtenNames(names)}
		if !slices.Contains(p.cols, "phone") && c.odds(4) && len(names) == 1 {
			e.work.Phone = c.phone()
			e.shown["author"] = cell{text: names[0] + c.pick(" ", "", "（") + e.work.Phone}
			if strings.Contains(e.shown["author"].text, "（") {
				e.shown["author"] = cell{text: e.shown["author"].text + "）"}
			}
			c.made("a telephone next to a name")
		}
	}
}

func (c *composer) spelledCategory(name string) string {
	switch {
	case c.odds(10):
		return name + c.pick("类", "作品", "类作品")
	case c.odds(4):
		out := ""
		for _, o := range Categories[:3] {
			out += map[bool]string{true: "☑", false: "□"}[o == name] + o + " "
		}
		if slices.Contains(Categories[:3], name) {
			c.made("boxes to tick within a cell")
			return strings.TrimSpace(out)
		}
	}
	return name
}

func asNumber(digits string) float64 {
	n := 0.0
	for _, d := range digits {
		n = n*10 + float64(d-'0')
	}
	return n
}

func pad(n, width int) string {
	s := itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}
