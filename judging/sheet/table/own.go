package table

import (
	"regexp"
	"strings"

	"fayi/judging"
)

// fieldOwnCode is the code that this program gave a work, in a list that it wrote.
const fieldOwnCode Field = "own_code"

// ownList is a list that the program itself writes, and that comes back with corrections.
type ownList struct {
	text  string // what is told of it
	heads []string
	code  []string // heads of the column of codes
	leave []string // what the program adds: it is not taken as said of the work
}

// ownLists are recognised by heads that no other table has together; in Chinese and in English.
var ownLists = []ownList{
	{
		"sheet.own_export", strings.Fields("编号 原编号 作品名称 状态 附件数"), strings.Fields("编号"),
		strings.Fields("状态 附件数"),
	},
	{
		"sheet.own_export", strings.Fields("code number title state files teachers"), strings.Fields("code"),
		strings.Fields("state files"),
	},
	{
		"sheet.own_returns", strings.Fields("作品编号 作品名称 审核结果 问题 处理办法 补正期限"), strings.Fields("作品编号"),
		strings.Fields("审核结果 问题 处理办法 补正期限"),
	},
	{
		"sheet.own_returns", strings.Fields("code title finding problem whattodo dueby"), strings.Fields("code"),
		strings.Fields("finding problem whattodo dueby"),
	},
}

// recogniseOwn finds out whether the table is a list that the program wrote. Then its codes say which works the rows
// are, and what the program added is left out.
func (t *table) recogniseOwn() {
	heads := map[string]*column{}
	for _, c := range t.cols {
		heads[foldHeader(c.Header[strings.LastIndex(c.Header, "/")+1:])] = c
	}
	for _, own := range ownLists {
		if !hasAll(heads, own.heads) {
			continue
		}
		for _, h := range own.leave {
			heads[h].Field, heads[h].Confidence = FieldLeave, sureWord
		}
		for _, h := range own.code {
			heads[h].Field, heads[h].Confidence = fieldOwnCode, sureWord
		}
		for _, h := range []string{"原编号", "number"} {
			if c := heads[h]; c != nil {
				c.Field, c.Confidence = FieldNumber, sureWord
			}
		}
		t.problem(t.heading.bottom, nil, false, own.text, nil)
		return
	}
}

func hasAll(heads map[string]*column, wanted []string) bool {
	for _, w := range wanted {
		if heads[foldHeader(w)] == nil {
			return false
		}
	}
	return true
}

var workCode = regexp.MustCompile(`^([A-Z]{1,4})[-–—−_]?(\d{4,9})$`)

// ownCode reads the code of a work, in any width, case and dash; "" where there is none.
func ownCode(text string) judging.WorkCode {
	m := workCode.FindStringSubmatch(strings.ToUpper(judging.Fold(text)))
	if m == nil {
		return ""
	}
	return judging.WorkCode(m[1] + "-" + m[2])
}
