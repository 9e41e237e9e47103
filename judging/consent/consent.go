// Package consent reads what a cell says to the question whether a work may be shown in public.
//
// It promises to err on one side only: a yes is what nobody can take for anything else. Words with a no in them are a
// no, whatever else they say; a form that nobody filled in (是/否, □同意 □不同意) and words of doubt are no answer.
package consent

import (
	"regexp"
	"slices"
	"strings"

	"fayi/judging"
)

// Answer says whether the author of a work, of a child's the guardian, agreed that it is shown.
type Answer string

// What may be known.
const (
	Given   Answer = "given"
	Refused Answer = "refused" // it must never be shown
	Unknown Answer = "unknown"
)

// Field is the column that asks, and the name under which a work keeps what it said.
const Field = judging.ConsentField

// The answers as kits offer them and works keep them.
const (
	Yes = "是"
	No  = "否"
)

var (
	// questions stand in forms that nobody filled in
	questions = []string{
		"是否", "是/否", "是或否", "否/是", "同意/不同意", "同意或不同意", "是否同意", "同意与否", "yes/no", "yesorno", "y/n",
	}
	doubts = []string{"待", "未", "没", "缺", "再说", "考虑", "?", "？", "问", "maybe", "ask", "later"}
	// fine are words with a no in them that are a yes
	fine = []string{"无异议", "没有异议", "没异议", "无意见", "没有意见", "没意见", "nothingagainst", "noobjection"}
	noes = []string{
		"不", "否", "拒", "反对", "未同意", "未授权", "没同意", "没有", "没授权", "无授权", "有异议", "勿", "别", "×", "✗", "✘",
		"no", "refuse", "don't", "dont", "declin",
	}
	yeses = []string{
		"同意", "是", "已同意", "已授权", "授权", "有授权", "可以", "可展", "可公开", "允许", "愿意", "准许", "均同意", "都同意", "全部同意",
		"家长同意", "监护人同意", "本人同意", "作者同意", "yes", "agree", "√", "✓", "✔", "☑",
	}
	whole = []string{"有", "可", "已", "y", "ok", "true", "对", "v", "行", "好"} // a yes where nothing else is said
	bare  = []string{"n", "x", "false", "0"}                               // a no
)

// Of reads a cell.
func Of(cell string) Answer {
	if cell = strings.TrimSpace(cell); strings.ContainsAny(cell, empty) {
		return ofBoxes(cell)
	}
	s := strings.TrimRight(judging.Fold(cell), "。.!！;；,，")
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(word string) bool { return strings.Contains(s, word) })
	}
	begins := func(word string) bool { return strings.HasPrefix(s, word) }
	switch {
	case s == "" || has(questions):
		return Unknown
	case slices.Contains(fine, s):
		return Given
	case has(noes) || slices.Contains(bare, s):
		return Refused
	case has(doubts):
		return Unknown
	case slices.Contains(whole, s) || slices.ContainsFunc(yeses, begins):
		return Given
	}
	return Unknown
}

// Unclear reports whether a cell says something that is no answer.
func Unclear(cell string) bool {
	return Of(cell) == Unknown && strings.TrimSpace(cell) != "" && !Unfilled(cell)
}

// Unfilled reports whether a cell is the question of a form, as it was printed.
func Unfilled(cell string) bool {
	if strings.ContainsAny(cell, ticked) {
		return false
	}
	s := judging.Fold(cell)
	return slices.Contains(questions, s) || strings.ContainsAny(cell, empty)
}

const (
	empty  = "□☐○◯"
	ticked = "☑☒✓✔√■●"
)

var box = regexp.MustCompile(`[□☐○◯☑☒✓✔√■●]`)

// ofBoxes reads boxes of which some are ticked: "☑同意 □不同意", or "是√ 否□".
func ofBoxes(cell string) Answer {
	marks := box.FindAllStringIndex(cell, -1)
	before := marks[0][0] > 0 // the words stand before their boxes
	out := Unknown
	for i, m := range marks {
		if !strings.Contains(ticked, cell[m[0]:m[1]]) {
			continue
		}
		from, to := m[1], len(cell)
		if i+1 < len(marks) {
			to = marks[i+1][0]
		}
		if before {
			from, to = 0, m[0]
			if i > 0 {
				from = marks[i-1][1]
			}
		}
		switch Of(cell[from:to]) {
		case Refused:
			return Refused // though both are ticked
		case Given:
			out = Given
		}
	}
	return out
}
