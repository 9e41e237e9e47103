package messy

import (
	"slices"
	"strings"
)

// table writes one table of works with what people leave between and below them.
func (c *composer) table(p *plan, works int, whole bool) *grid {
	g := &grid{}
	c.writeHeads(g, p)
	if c.odds(12) && p.cols[0] == "no" && whole {
		c.example(g, p)
	}
	unit, category, group := c.unit(), c.pick(Categories...), c.pick(Groups...)
	own := p.unit == "" || slices.Contains(p.cols, "unit") || p.lone
	inSections, by := 0, ""
	if p.category == "section" {
		by = "category"
		c.made("sections of categories")
	} else if p.group == "none" && c.odds(10) && whole {
		by = "group"
		c.made("sections of groups")
	}
	ditto, merged := "", ""
	if c.odds(15) {
		ditto = c.pick("unit", "teacher", "category", "group")
	} else if c.rich && c.odds(25) {
		merged = c.pick("unit", "category", "group", "teacher", "sender")
	}
	var above *entry
	first := len(g.rows)
	for n := range works {
		if own && c.odds(30) {
			unit = c.unit()
		}
		if !own {
			unit = p.unit
		}
		if p.category != "section" && c.odds(70) {
			category = c.pick(Categories...)
		}
		if p.group != "none" {
			group = c.pick(Groups...)
		} else if by != "group" {
			group = ""
		}
		if by != "" && (n == 0 || c.odds(15)) {
			inSections++
			category, group = c.section(g, p, by, inSections, category, group)
			above = nil
		}
		e := c.entry(p, n+1, unit, category, group)
		c.asAbove(p, e, above, ditto)
		c.put(g, p, e)
		above = e
		if n < works-1 {
			c.between(g, p, n, whole)
		}
	}
	if merged != "" {
		c.mergeRuns(g, p, merged, first)
	}
	c.below(g, p, works, whole)
	return g
}

// section writes a line that says which category or group follows.
func (c *composer) section(g *grid, p *plan, by string, n int, category, group string) (string, string) {
	numerals := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
	mark := c.pick("", numerals[min(n, 10)-1]+"、", "（"+numerals[min(n, 10)-1]+"）")
	text := ""
	if by == "category" {
		category = c.pick(Categories...)
		text = mark + category + c.pick("类", "作品", "类作品", "")
	} else {
		group = c.pick(Groups...)
		text = mark + group
	}
	row := g.line(text)
	if c.rich && c.odds(60) {
		g.merge(row, 0, row, c.columns(p)-1)
	}
	return category, group
}

// columns counts the columns of the sheet that a table takes.
func (c *composer) columns(p *plan) int {
	n := len(p.cols)
	for range p.wide {
		n++
	}
	return n
}

// asAbove writes 同上 for what is as in the row above.
func (c *composer) asAbove(p *plan, e, above *entry, col string) {
	if above == nil || col == "" || above.shown[col].text == "" || !slices.Contains(p.cols, col) || c.odds(40) {
		return
	}
	switch col {
	case "unit":
		if above.work.Unit != e.work.Unit && p.lone {
			return
		}
		e.work.Unit = above.work.Unit
	case "teacher":
		e.work.Teachers = above.work.Teachers
	case "category":
		if p.category != "column" {
			return
		}
		e.work.Category = above.work.Category
	case "group":
		if p.group != "column" {
			return
		}
		e.work.Group = above.work.Group
	}
	e.shown[col] = cell{text: c.pick("同上", "〃", "同上", "″")}
	c.made("同上")
}

// put writes the row of a work, or its rows.
func (c *composer) put(g *grid, p *plan, e *entry) {
	if e.lacks != "" {
		e.truth.Refused = e.lacks
	}
	e.truth.Work = e.work
	e.truth.NoGroup = e.work.Group == ""
	rows := 1
	tall := c.rich && p.names == "cell" && e.lacks == "" && len(e.work.Authors) > 1
	if tall && c.odds(25) && !slices.ContainsFunc(p.cols, isChoice) {
		rows = len(e.work.Authors)
		c.made("a work over several rows")
	}
	top := len(g.rows)
	struck, formula := c.rich && c.odds(3), c.rich && c.book.Form == "xlsx" && c.odds(2)
	if struck {
		e.truth.Refused = "struck"
		c.made("struck-out rows")
	}
	for i := range rows {
		var cells []cell
		for at, col := range p.cols {
			v := e.shown[col]
			switch {
			case rows > 1 && col == "author":
				v = cell{text: e.work.Authors[i]}
			case i > 0:
				v = cell{}
			}
			if col == "title" && formula && i == 0 {
				v.formula, e.truth.Refused = true, "formula"
			}
			v.struck = struck
			cells = append(cells, v)
			if p.wide[at] {
				cells = append(cells, cell{})
			}
		}
		g.add(cells)
	}
	if formula {
		c.made("formulas without a value")
	}
	at := 0
	for i, col := range p.cols {
		wide := 0
		if p.wide[i] {
			wide = 1
		}
		if rows > 1 && col != "author" || wide > 0 {
			g.merge(top, at, top+rows-1, at+wide)
		}
		at += 1 + wide
	}
	e.truth.From, e.truth.To = top+1, top+rows
	g.truths = append(g.truths, e.truth)
}

func isChoice(col string) bool { return strings.Contains(col, ":") }

// mergeRuns merges equal values of a column that stand one below the other.
func (c *composer) mergeRuns(g *grid, p *plan, col string, from int) {
	at := slices.Index(p.cols, col)
	if at < 0 || len(p.wide) > 0 {
		return
	}
	for i := 0; i < len(g.truths); i++ {
		top, bottom := g.truths[i].From-1, g.truths[i].To-1
		v := g.rows[top][at]
		if v.text == "" || v.text == "同上" {
			continue
		}
		for i+1 < len(g.truths) && g.truths[i+1].From-1 == bottom+1 && g.rows[bottom+1][at].text == v.text {
			i++
			bottom = g.truths[i].To - 1
		}
		if g.truths[i].From-1 == top { // one work
			continue
		}
		for r := top + 1; r <= bottom; r++ {
			g.rows[r][at] = cell{struck: g.rows[r][at].struck}
		}
		g.areas = slices.DeleteFunc(g.areas, func(a area) bool {
			return a.left == at && a.right == at && a.top >= top && a.bottom <= bottom
		})
		g.merge(top, at, bottom, at)
		c.made("cells merged over several works")
	}
}

func (c *composer) example(g *grid, p *plan) {
	var cells []cell
	for i, col := range p.cols {
		cells = append(cells, cell{text: map[string]string{
			"title": "《示例作品》", "author": "某某", "category": "书法", "unit": "某某学校", "phone": "13800000000",
		}[col]})
		if p.wide[i] {
			cells = append(cells, cell{})
		}
	}
	cells[0].text = c.pick("如：1", "例", "示例", "（示例）", "样例")
	g.add(cells)
	c.made("an example row")
}

// between writes what stands between two works.
func (c *composer) between(g *grid, p *plan, n int, whole bool) {
	switch {
	case !whole:
	case c.odds(3):
		if c.odds(30) {
			g.line()
			g.line(c.pick("某县法治作品汇总表", "某县法治作品汇总表（续）"))
			c.made("the title again")
		}
		c.putHeads(g, p)
		c.made("the head again")
	case c.odds(3):
		g.line()
	case c.odds(3) && p.cols[0] == "no":
		g.line(itoa(n + 2))
		c.made("prepared rows")
	case c.odds(2):
		g.line(c.pick("小计", "本页小计", "小计："), itoa(n+1))
		c.made("subtotals")
	case c.odds(1):
		g.line(c.pick("第1页，共2页", "第 1 页", "— 1 —", "（续表）", "接下页", "续上表"))
		c.made("lines of pages")
	}
}

// below writes what stands below a table.
func (c *composer) below(g *grid, p *plan, works int, whole bool) {
	if !whole {
		if c.odds(15) && p.cols[0] == "no" {
			g.line(itoa(works + 1))
		}
		return
	}
	if c.odds(25) && p.cols[0] == "no" {
		zeros := c.odds(20)
		for i := range c.r.IntN(4) {
			cells := []string{itoa(works + i + 1)}
			for zeros && len(cells) < len(p.cols) {
				cells = append(cells, "0")
			}
			g.line(cells...)
		}
		c.made("prepared rows")
	}
	if c.odds(8) {
		g.line(c.pick("以下空白", "——以下空白——", "（以下无正文）", "（以下空白）"))
		c.made("以下空白")
	}
	if c.odds(25) {
		row := g.line(c.pick("合计", "小计", "总计", "合 计", "合计：", "总计（件）"), itoa(works))
		if c.rich && c.odds(30) && len(p.cols) > 3 {
			g.rows[row] = texts("合计", "", itoa(works))
			g.merge(row, 0, row, 1)
		}
		c.made("totals")
	}
	if c.odds(20) {
		row := g.line(c.pick("备注：请于12月4日前报送。", "注：1.作者不超过三人；2.指导教师不超过两人。", "说明：本表可加行", "*作品名称不加书名号"))
		if c.rich && c.odds(50) {
			g.merge(row, 0, row, c.columns(p)-1)
		}
		if c.odds(25) {
			g.line("1.请于12月4日前报送纸质表和电子表。")
			g.line("2．电子表以单位名称命名。")
		}
		c.made("remarks")
	}
	if c.odds(20) {
		switch c.r.IntN(4) {
		case 0:
			g.line("填表人：", c.name(), "审核人：")
		case 1:
			g.line("填表人：" + c.name() + "    联系电话：" + c.phone() + "    填表日期：2020年12月1日")
		case 2:
			g.line("负责人签字：", "", "", "2020年11月20日")
		default:
			g.line("", "", "单位（盖章）")
			g.line("", "", "2020年12月1日")
		}
		c.made("signatures")
	}
}
