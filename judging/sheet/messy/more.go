package messy

import "slices"

// sayMore fills columns that no work needs, and writes titles as people type them.
func (c *composer) sayMore(e *entry) {
	say := func(col, text string) { e.shown[col] = cell{text: text} }
	say("nation", "汉族")
	say("age", itoa(8+c.r.IntN(40)))
	say("post", c.pick("教师", "科员", "学生", "主任"))
	say("id", "110101199001011237")
	say("mail", "a"+itoa(c.r.IntN(1000))+"@example.com")
	say("level", c.pick("一等奖", "优秀", "92", "88.5"))
	say("unnamed", c.pick("", "", "已核", "见附件"))
	title := []rune(e.work.Title)
	switch {
	case e.shown["title"].format != "" || len(title) < 4 || title[1] < 0x3000 || title[2] < 0x3000:
	case c.odds(3):
		say("title", string(title[:2])+"\n"+string(title[2:]))
		c.made("titles over two lines of a cell")
	case c.odds(3):
		say("title", " "+e.work.Title+"　")
	}
}

// lack leaves out what no work can be without.
func (c *composer) lack(p *plan, e *entry) {
	if !c.odds(2) || p.names != "cell" || !slices.Contains(p.cols, "no") {
		return
	}
	if c.odds(50) {
		e.shown["title"] = cell{text: c.pick("", "待定", "无")}
		e.lacks = "it has no title"
	} else {
		e.shown["author"] = cell{text: c.pick("", "/")}
		e.lacks = "it has no author"
	}
	c.made("works that lack a title or an author")
}

// contacts writes a table of people below the works.
func (c *composer) contacts(g *grid) {
	if c.odds(70) {
		g.line()
	}
	if c.odds(50) {
		g.line(c.pick("联系人信息", "联系方式"))
	}
	g.line("姓名", "职务", "联系电话")
	for range 1 + c.r.IntN(3) {
		g.line(c.name(), c.pick("教师", "主任"), c.phone())
	}
	c.made("a table of contacts below the works")
}

// countsBeside puts a table of counts next to the works.
func (c *composer) countsBeside(g *grid) *grid {
	if len(g.truths) < 3 || len(g.rows) < 8 {
		return g
	}
	side := &grid{}
	side.line("类别", "件数")
	for _, s := range Categories {
		side.line(s, itoa(1+c.r.IntN(9)))
	}
	side.line("合计", itoa(9+c.r.IntN(20)))
	g.place(side, g.truths[0].From-2, g.width()+1+c.r.IntN(2))
	c.made("a table of counts next to the works")
	return g
}

// moved lets the sheet begin further down and to the right.
func (c *composer) moved(g *grid) *grid {
	out := &grid{}
	out.place(g, c.r.IntN(3), c.r.IntN(3))
	c.made("a sheet that doesn't begin in its corner")
	return out
}
