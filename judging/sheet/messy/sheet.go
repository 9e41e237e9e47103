package messy

import "slices"

// heading writes what stands above the tables of a sheet.
func (c *composer) heading(g *grid, width int) {
	if c.odds(15) {
		g.line(c.pick("附件", "附件1", "附件2：", "附表一"))
	}
	title := ""
	switch {
	case c.says == "title":
		title = c.home + c.pick("2020年法治作品汇总表", "法治文化作品统计表", "报送作品登记表")
	case c.odds(60):
		title = c.pick("某县法治作品汇总表", "全县教师法治作品登记表", "中小学生法治文化作品统计表", "2020年“12·4”作品报送表", "学生作品一览表",
			"某县第三届“法治在我心中”作品征集活动报名汇总表\n（2020年度）")
		c.made("titles")
	}
	if title != "" {
		row := g.line(title)
		if c.rich && c.odds(70) {
			g.merge(row, 0, row, width-1)
		}
	}
	if c.odds(8) {
		row := g.line(c.pick("填表说明：1.作品名称填写全称；2.作者不超过三人；3.指导教师不超过两人。", "说明：请勿改动表格格式，类别从下拉框中选择"))
		if c.rich {
			g.merge(row, 0, row, width-1)
		}
		c.made("remarks above the head")
	}
	if c.says == "label" {
		c.label(g, width)
	} else if c.odds(8) {
		g.line("填报日期：2020年11月20日")
	}
}

// label writes 报送单位：… above a table.
func (c *composer) label(g *grid, width int) {
	word := c.pick("报送单位", "填报单位", "推荐单位", "选送单位")
	switch c.r.IntN(6) {
	case 0:
		g.line(word + "（盖章）：" + c.home)
	case 1:
		g.line(word+"：", c.home)
	case 2:
		g.line(word + "：" + c.home + "        联系人：" + c.name() + "    电话：" + c.phone())
	case 3:
		g.line(word+"（公章）："+c.home, "", "", "填表日期：2020年12月1日")
	case 4:
		row := g.line(word + "：" + c.home)
		if c.rich {
			g.merge(row, 0, row, width-1)
		}
	default:
		g.line(word+" "+c.home, "", "联系人：", c.name())
	}
}

// bottom names the sender below a table.
func (c *composer) bottom(g *grid) {
	switch c.r.IntN(3) {
	case 0:
		g.line("报送单位（盖章）：" + c.home)
	case 1:
		g.line("", "", "报送单位："+c.home)
	default:
		g.line("填报单位：", c.home)
	}
	if c.odds(40) {
		g.line("", "", "", "2020年12月1日")
	}
}

// list makes a sheet of one to four tables, one below the other.
func (c *composer) list() *grid {
	tables := 1
	if c.says != "bottom" {
		for c.odds(30) && tables < 4 {
			tables++
		}
	}
	g := &grid{}
	p := c.plan(false)
	c.heading(g, c.columns(p))
	for i := range tables {
		if i > 0 {
			c.made("several tables on a sheet")
			if c.odds(60) {
				g.line()
			}
			same := c.odds(20)
			if !same {
				p = c.plan(false)
			}
		}
		if tables > 1 && c.odds(50) {
			g.line([]string{"一、", "二、", "三、", "四、"}[i] + c.pick("第一批", "第二批", "补充"))
		}
		works := 1 + c.r.IntN(8)
		if c.odds(8) {
			works += 60 + c.r.IntN(40)
		}
		g.place(c.table(p, works, true), len(g.rows), 0)
	}
	if c.says == "bottom" {
		c.bottom(g)
	} else if c.odds(6) {
		c.contacts(g)
	}
	if c.odds(5) {
		g = c.countsBeside(g)
	}
	if c.odds(6) {
		g = c.moved(g)
	}
	return g
}

// sideBySide makes a sheet of two or three tables next to each other.
func (c *composer) sideBySide() *grid {
	c.made("tables next to each other")
	g := &grid{}
	var parts []*grid
	same, n := c.odds(60), 2
	if c.odds(20) {
		n = 3
	}
	var p *plan
	width := 0
	gap := c.r.IntN(3)
	for range n {
		if p == nil || !same {
			p = c.plan(true)
		}
		if gap == 0 && !slices.Contains(p.cols, "no") {
			p.cols = append([]string{"no"}, p.cols...)
			p.wide = map[int]bool{}
		}
		t := c.table(p, 2+c.r.IntN(10), false)
		parts = append(parts, t)
		width += t.width() + gap
	}
	c.heading(g, width)
	if c.odds(20) {
		g.line()
	}
	top, left := len(g.rows), 0
	for _, t := range parts {
		g.place(t, top, left)
		left += t.width() + gap
	}
	return g
}

// sideways makes a table whose heads stand one below the other.
func (c *composer) sideways() *grid {
	c.made("a table on its side")
	p := c.plan(true)
	p.wide = map[int]bool{}
	rich := c.rich
	c.rich = false
	t := &grid{}
	c.writeHeads(t, p)
	for n := range 2 + c.r.IntN(5) {
		group := ""
		if p.group == "column" {
			group = c.pick(Groups...)
		}
		unit := p.unit
		if unit == "" || slices.Contains(p.cols, "unit") || p.lone {
			unit = c.unit()
		}
		c.put(t, p, c.entry(p, n+1, unit, c.pick(Categories...), group))
	}
	c.rich = rich
	return t.turned()
}

// forms makes a sheet of forms, each for one work.
func (c *composer) forms() *grid {
	c.made("forms for one work each")
	g := &grid{}
	n := 1
	for c.odds(35) && n < 4 {
		n++
	}
	for i := range n {
		if i > 0 {
			g.line()
		}
		c.form(g, i+1)
	}
	return g
}

func (c *composer) form(g *grid, n int) {
	p := &plan{cols: []string{"title", "author", "unit", "category", "group", "phone"}, names: "cell", unit: c.home}
	for _, more := range []struct {
		col     string
		percent int
	}{{"teacher", 60}, {"intro", 70}, {"number", 30}} {
		if c.odds(more.percent) {
			p.cols = append(p.cols, more.col)
		}
	}
	unit := c.home
	if unit == "" {
		unit = c.unit()
	}
	e := c.entry(p, n, unit, c.pick(Categories...), c.pick(Groups...))
	e.work.Sender = ""
	top := len(g.rows)
	title := g.line(c.pick("法治文化作品申报表", "作品登记表", "参赛作品报名表"))
	if c.rich {
		g.merge(title, 0, title, 3)
	}
	if slices.Contains(p.cols, "number") && c.odds(50) {
		c.pair(g, e, "number")
	} else if slices.Contains(p.cols, "number") {
		e.work.Number = ""
	}
	c.pair(g, e, "title")
	c.pair(g, e, "category", "group")
	c.pair(g, e, "author", "phone")
	c.pair(g, e, "unit")
	if slices.Contains(p.cols, "teacher") {
		c.pair(g, e, "teacher", "t_phone")
	}
	if slices.Contains(p.cols, "intro") {
		c.pair(g, e, "intro")
	}
	if c.odds(50) {
		row := g.line("作者承诺：本作品为原创，如有侵权，责任自负。")
		if c.rich {
			g.merge(row, 0, row, 3)
		}
		g.line("", "", "签字：", "")
	}
	if c.odds(40) {
		g.line("单位意见", "同意报送。（盖章）")
	}
	e.truth.From, e.truth.To = top+1, len(g.rows)
	e.truth.Work = e.work
	g.truths = append(g.truths, e.truth)
}

// pair writes a row of a form: labels and values by turns, a lone value over what is left.
func (c *composer) pair(g *grid, e *entry, cols ...string) {
	row := make([]cell, 0, 4)
	for _, col := range cols {
		row = append(row, cell{text: heads[col][min(c.r.IntN(2), len(heads[col])-1)]}, e.shown[col])
	}
	at := g.add(row)
	if len(cols) == 1 && c.rich {
		g.merge(at, 1, at, 3)
	}
}
