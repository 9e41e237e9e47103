package table

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/read"
)

// What stands in a row that is no work. Patterns are matched against folded text: narrow signs, no spaces.
var (
	// 填表人：…, 审核人（签字）：…, 联系电话：…
	signature = regexp.MustCompile(`^(?:填表|填报|制表|审核|审批|经办|联系|负责|报送|统计|录入|校对|复核|签字|分管|主管|单位负责|学校负责|领导)` +
		`(?:人|员|者|领导|负责人|人员|电话|方式)?(?:\(?(?:签字|签名|盖章|签章)\)?)?(?:电话|手机|姓名)?:` +
		`|^(?:填报|填表|报送|上报|制表|统计)?(?:日期|时间):|^(?:单位|学校|领导)(?:意见|签字|负责人)|\((?:盖章|公章|签章|签字)\):?_*$`)
	// the same without a colon: only where little else stands in the row
	signedBare = regexp.MustCompile(
		`^(?:填表|填报|制表|审核|经办|负责)人$|^(?:单位)?(?:盖章|公章|签章):?$|(?:盖章|公章|签章|签字):?_*$|^(?:填报|填表|报送|上报|制表)(?:日期|时间)`,
	)

	total = regexp.MustCompile(`^(?:\p{Han}{0,8}(?:合计|总计|共计|小计)|累计|总数|合计数)(?:数|件数)?(?:$|[:(\d共])` +
		`|^(?:以上)?(?:共|合计|总计|共计|小计)[计有]?:?\d+[件幅篇个份部]`)

	remarks = regexp.MustCompile(`^(?:备?注|说明|填[表写报]说明|填[表写报]要求|填表须知|注意事项?|温馨提示|提示|要求|附注|特别说明|报送要求)\d?[:、.)]` +
		`|^(?:备?注|附注|填[表写报]说明|填[表写报]要求|填表须知|注意事项|说明)$|^[*※★]`)

	onlyDate = regexp.MustCompile(
		`^(?:\d{2,4}|二[〇○零]\p{Han}{2})?年(?:\d{0,2}|[一二三四五六七八九十]{0,3})月(?:(?:\d{0,2}|[一二三四五六七八九十]{0,3})日)?$` +
			`|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$`,
	)

	example = regexp.MustCompile(`^\(?(?:示例|样例|范例|例如|举例|填写示例|填表示例|填报示例|参考示例|样表|例|如)\)?(?::?\d{0,2}|\d{0,2}:?)\)?$`)
	// a title or number that says so itself: 如：《…》, 例1：…, （示例）…
	exampled = regexp.MustCompile(`^(?:(?:如|例|例如|示例|样例|范例|填写示例|填表示例)\d{0,2}[:：]|\((?:例|示例|样例|范例|填写示例|填表示例)\d{0,2}\))` +
		`|\((?:此行为示例|示例行?请删除)\)$`)
	// behind a title or a number the same; a unit, a person or a category may be called so
	exampleEnd = regexp.MustCompile(`\((?:示例|样例|范例|填写示例|填表示例)\)$`)
	listing    = regexp.MustCompile(`^\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.]`)
)

// place is one value of a row with the column it stands in.
type place struct {
	col  int
	text string // as it stands
}

func valuesOf(l read.Line) []place {
	var list []place
	for i, c := range l.Cells {
		if c.Text != "" && !c.Fill && (c.Text[0] > ' ' && c.Text[0] < 0x7F || judging.Fold(c.Text) != "") {
			list = append(list, place{i, c.Text})
		}
	}
	return list
}

// noWork reports whether a row below the header holds no work, and what it is: a title, a section line, a note, a
// signature line, a date, a total, an example or a repeated header. Section and sender lines change what goes for the
// rows to come.
func (t *table) noWork(l read.Line) (ledger.Kind, bool) {
	own := valuesOf(l)
	if len(own) == 0 {
		return ledger.Prepared, l.At(t.first(t.key())).Kind != read.FormulaCell // blanks of all widths
	}
	if len(own) > 6 && allDigits(own[0].text) && !t.exampleRow(own) { // the common row, numbered
		t.notes = false
		return "", false
	}
	first := judging.Fold(own[0].text)
	switch {
	case t.repeatsHeader(own):
		return ledger.Head, true
	case example.MatchString(first), t.exampleRow(own):
		return ledger.Example, true
	case remarks.MatchString(first) && !t.named(own):
		t.notes = t.notes || len(own) <= 2
		return ledger.Remark, len(own) <= 2
	case len(own) <= 6 && t.senderLine(own, l):
		return ledger.Sender, true
	case total.MatchString(first) && (len(own) <= 6 || t.before(own[0])) && !t.named(own), t.totals(own):
		return ledger.Total, true
	case (len(own) <= 6 || t.before(own[0])) && signature.MatchString(first),
		!t.named(own) && signedBare.MatchString(first):
		return ledger.Signed, true
	case len(own) <= 2 && onlyDate.MatchString(judging.Fold(own[len(own)-1].text)) &&
		(len(own) == 1 || signature.MatchString(first)):
		return ledger.Signed, true
	case len(own) == 1:
		return t.lonely(own[0], l.Row)
	}
	t.notes = false
	return "", false
}

// exampleRow reports whether the title, or what stands on its left, says that the row is an example.
func (t *table) exampleRow(own []place) bool {
	title := t.first(t.key())
	for i, p := range own {
		if i > 3 || p.col > title {
			return false
		}
		text := judging.Fold(p.text)
		if exampled.MatchString(text) || p.col < title && example.MatchString(text) && !allDigits(text) {
			return true
		}
		if (p.col == title || p.col == t.first(FieldNumber) || p.col == t.first(FieldRowNo)) &&
			exampleEnd.MatchString(text) {
			return true
		}
	}
	return false
}

// totals reports whether a row sums up: the word stands where titles or numbers do, and what else there is are
// numbers.
func (t *table) totals(own []place) bool {
	found := false
	for _, p := range own {
		text := judging.Fold(p.text)
		switch {
		case total.MatchString(text):
			found = true
		case !looksLikeNumber(strings.TrimRight(text, "件幅篇个份部人次分")) &&
			!isKind(text, t.categories) && !isKind(text, t.groups):
			return false
		}
	}
	return found
}

// kindAbove says what a row above the head is, and lets it say what goes for the rows below.
func (t *table) kindAbove(l read.Line) ledger.Kind {
	own := valuesOf(l)
	if len(own) == 0 {
		return ledger.Title
	}
	first := judging.Fold(own[0].text)
	name, _ := senderIn(ownTexts(l))
	switch {
	case name != "":
		return ledger.Sender
	case example.MatchString(first):
		return ledger.Example
	case remarks.MatchString(first):
		return ledger.Remark
	case signature.MatchString(first), len(own) == 1 && onlyDate.MatchString(first):
		return ledger.Signed
	}
	return ledger.Title
}

// strayAbove reports, and tells, that a row above the head reads like a work: its head is missing.
func (t *table) strayAbove(w *window, l read.Line) bool {
	own := valuesOf(l)
	title, author := t.first(t.key()), t.first(FieldAuthor)
	if len(own) < 3 || title < 0 || author < 0 {
		return false
	}
	for _, p := range own {
		if strings.ContainsAny(p.text, ":：") || w.match(judging.Tidy(p.text)).confidence >= looseWord {
			return false
		}
	}
	at := l.At(title)
	if isEmpty(at.Text) || !looksLikeTitle(at.Text) || !looksLikeNames(l.At(author).Text) {
		return false
	}
	t.problem(l.Row, nil, true, "sheet.row_above_head", judging.Args{"Head": t.heading.top})
	return true
}

// named reports whether a row has both a title and who made the work, or what else only works have: then a word alone
// does not make it a note (a comic may be called 一枚公章).
func (t *table) named(own []place) bool {
	titled, numeric, made, known := false, false, false, 0
	for _, p := range own {
		c := t.at(p.col)
		switch {
		case c == nil:
		case p.col == t.first(t.key()):
			titled, numeric = true, looksLikeNumber(p.text)
		case c.Field == FieldAuthor, c.Field == FieldCoAuthor, c.Field == FieldLeader, c.Field == FieldContactBoth:
			made = true
		case c.Field != FieldNone && c.Field != FieldRowNo:
			known++
		}
	}
	return titled && (made || !numeric && known >= 3)
}

// noteLike reports whether a row reads like a note, whatever the columns of its table mean.
func noteLike(l read.Line) bool {
	own := valuesOf(l)
	if len(own) == 0 || len(own) > 4 {
		return false
	}
	first := judging.Fold(own[0].text)
	for _, like := range []*regexp.Regexp{signature, signedBare, total, remarks, example} {
		if like.MatchString(first) {
			return true
		}
	}
	return len(own) == 1 && onlyDate.MatchString(first)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// before reports whether a value stands left of the title, where a work has only its number.
func (t *table) before(p place) bool {
	for _, c := range t.of(t.key()) {
		return p.col < c.Index
	}
	return false
}

// key is the field that every row of the table must have.
func (t *table) key() Field {
	if len(t.of(FieldName)) > 0 {
		return FieldName
	}
	return FieldTitle
}

func (t *table) repeatsHeader(own []place) bool {
	same := 0
	for i, p := range own {
		if i == 3 && same == 0 {
			return false
		}
		if p.col < len(t.heading.labels) && slices.Contains(t.heading.labels[p.col], judging.Tidy(p.text)) {
			same++
		}
	}
	return same >= 2 && same*10 >= len(own)*6
}

// senderLine reads 填报单位：某某小学 between two blocks of a table.
func (t *table) senderLine(own []place, l read.Line) bool {
	if !strings.ContainsAny(own[0].text, ":：") && !senderLabel.MatchString(judging.Fold(own[0].text)) {
		return false
	}
	name, sure := senderIn(ownTexts(l))
	if name == "" || !sure && len(own) > 3 {
		return false
	}
	t.now = maps.Clone(t.now)
	t.takeSender(t.now, said(name, propose.FromLabel, strings.Join(ownTexts(l), " ")))
	return true
}

// lonely judges a row with a single value.
func (t *table) lonely(p place, row int) (ledger.Kind, bool) {
	field := FieldNone
	if c := t.at(p.col); c != nil {
		field = c.Field
	}
	banner := t.spans[row] >= 3 || t.spans[row]*2 > len(t.cols)
	bare := numbering.ReplaceAllString(judging.Fold(p.text), "")
	category, group := mentioned(bare, t.categories), mentioned(bare, t.groups)
	short := utf8.RuneCountInString(bare) <= 30
	exact := isKind(bare, t.categories) || isKind(bare, t.groups)
	switch {
	case (banner || field != t.key() || exact) && short && (category != "" || group != "") && !t.notes:
		t.section(category, group, p.text)
		return ledger.Section, true
	case field == FieldRowNo && allDigits(p.text):
		return ledger.Prepared, true
	case field == t.key():
		return ledger.Remark, banner || t.notes || t.notable(p.text)
	case field == FieldRowNo, field == FieldNone, field == FieldLeave, banner, t.notes:
		return ledger.Remark, true
	}
	// a lone name goes on with the row above; any other value is looked at as a row
	return ledger.Remark, !people[field] && utf8.RuneCountInString(p.text) > 20
}

// notable reports whether a text alone in the column of titles is rather a note.
func (t *table) notable(s string) bool {
	return utf8.RuneCountInString(s) > 40 || listing.MatchString(judging.Fold(s)) && strings.HasSuffix(s, "。")
}

// isKind reports whether text is a category or group and no more: 书法类, （小学组）, 书法类（12件）.
func isKind(text string, list []named) bool {
	text = strings.Trim(brackets.ReplaceAllString(text, ""), "()（）:：【】")
	for _, n := range list {
		for _, w := range n.Words {
			if rest, ok := strings.CutPrefix(text, w); ok && (rest == "" || isKindTail(rest)) {
				return true
			}
		}
	}
	return false
}

func isKindTail(s string) bool {
	for _, t := range kindTails {
		if s == t {
			return true
		}
	}
	return false
}

// section changes what goes for the rows to come; records keep the map they were made with.
func (t *table) section(category, group, text string) {
	t.now = maps.Clone(t.now)
	if t.outer == FieldNone && (category == "" || group == "") {
		t.outer = FieldCategory
		if category == "" {
			t.outer = FieldGroup
		}
	}
	if category != "" {
		t.now[FieldCategory] = said(category, propose.FromSection, text)
		if t.outer == FieldCategory { // 二、绘画类: the group of the section before is over
			delete(t.now, FieldGroup)
		}
	}
	if group != "" {
		t.now[FieldGroup] = said(group, propose.FromSection, text)
		if t.outer == FieldGroup && category == "" {
			delete(t.now, FieldCategory)
		}
	}
}
