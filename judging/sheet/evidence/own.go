package evidence

import (
	"slices"
	"strings"

	"fayi/judging/sheet/field"
)

// judgeWords stand in the heads of lists of judges and in no list of works.
var judgeWords = []string{"专长", "评审件数", "负荷上限", "件数上限", "评委姓名", "专家姓名", "评委类别"}

// ListsJudges reports whether the table is a list of judges: a head says so and none speaks of a work.
func (t *Table) ListsJudges() bool {
	judges := false
	for _, c := range t.Cols {
		own := field.Fold(c.Header[strings.LastIndex(c.Header, "/")+1:])
		if strings.Contains(own, "作品") || strings.Contains(own, "题目") || strings.Contains(own, "标题") {
			return false
		}
		judges = judges || slices.ContainsFunc(judgeWords, func(w string) bool { return strings.Contains(own, w) })
	}
	return judges
}

// ownList is a list that the program itself writes, and that somebody may bring back.
type ownList struct {
	text  string // what is said of it
	heads string // that no other table has together
	sheet string // its name, where heads alone are not enough
	code  string // head of the column of codes
	leave string // what the program adds: it is not taken as said of the work
	stops bool   // no works are read from it
}

// ownLists are the program's lists, in Chinese and in English.
var ownLists = []ownList{
	{text: "sheet.own_export", heads: "编号 原编号 作品名称 状态 附件数", code: "编号", leave: "状态 附件数"},
	{text: "sheet.own_export", heads: "code number title state files teachers", code: "code", leave: "state files"},
	{text: "sheet.own_returns", heads: "作品编号 作品名称 审核结果 问题 处理办法 补正期限", code: "作品编号",
		leave: "审核结果 问题 处理办法 补正期限"},
	{text: "sheet.own_returns", heads: "code title finding problem whattodo dueby", code: "code",
		leave: "finding problem whattodo dueby"},
	{text: "sheet.own_scores", heads: "作品编号 作品名称 合计 把握 评语", stops: true},
	{text: "sheet.own_scores", heads: "work title total confidence comment", stops: true},
	{text: "sheet.own_awards", heads: "奖项 作品名称 作者 单位", sheet: "获奖名单", leave: "奖项"},
	{text: "sheet.own_awards", heads: "award title authors unit", sheet: "Awards", leave: "award"},
}

// RecogniseOwn finds out whether the table is a list that the program wrote. Then its codes say which works the rows
// are, and what the program added is left out.
func (t *Table) RecogniseOwn() {
	heads := map[string]*Column{}
	for _, c := range t.Cols {
		heads[field.Fold(c.Header[strings.LastIndex(c.Header, "/")+1:])] = c
	}
	for _, own := range ownLists {
		if !hasAll(heads, own.heads) || own.sheet != "" && own.sheet != t.Sheet ||
			!own.stops && !t.Usable {
			continue
		}
		if own.stops {
			t.Usable, t.Problems = false, nil
			t.Problem(t.Heading.Bottom, nil, true, own.text, nil)
			return
		}
		for _, h := range strings.Fields(own.leave) {
			heads[h].Field, heads[h].Confidence = field.Leave, field.SureWord
		}
		if own.code != "" {
			heads[own.code].Field, heads[own.code].Confidence = field.OwnCode, field.SureWord
		}
		if c := heads["原编号"]; c != nil && own.code == "编号" {
			c.Field, c.Confidence = field.Number, field.SureWord
		} else if c := heads["number"]; c != nil && own.code == "code" {
			c.Field, c.Confidence = field.Number, field.SureWord
		}
		t.Problem(t.Heading.Bottom, nil, false, own.text, nil)
		return
	}
}

func hasAll(heads map[string]*Column, wanted string) bool {
	for _, w := range strings.Fields(wanted) {
		if heads[w] == nil {
			return false
		}
	}
	return true
}
