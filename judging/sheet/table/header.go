package table

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// meaning is what a header says.
type meaning struct {
	field      Field
	confidence float64
	role       string // whose: author, teacher, contact …; "" where it does not say
	order      string // of a series: "1" in 作者1, "二" in 第二作者
	plain      bool   // 教师, 老师: may be who guides or who made it
	leads      bool   // 负责人: leads a team where the table has members
}

// Confidence of the ways to know a header.
const (
	sureWord   = 1.0
	cleanWord  = 0.95 // compound of known words
	looseWord  = 0.8
	suffixWord = 0.5 // plus up to 0.25 by how much of the header is known
)

var (
	brackets  = regexp.MustCompile(`[（(【\[〔「{][^（()）\]】〕」}]*[)）\]】〕」}]`)
	numbering = regexp.MustCompile(`^(?:[*＊★☆※●◆▲#]+|(?:q|题目?|第)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:题)?[、.．:：)）]+)`)
	polite    = regexp.MustCompile(`^请(?:您|你)?(?:如实|准确|正确|务必)?(?:填写|输入|选择|上传|提供|填报|写明|填)(?:一下)?` +
		`|^(?:填写|输入|选择|提供)(?:您|你)的|^(?:您|你|贵)(?:们)?(?:所在|所报送)?的?`)
	tail    = regexp.MustCompile(`(?:[:：*＊?？.。!！,，;；、]+|必填|选填|是什么|是)$`)
	signs   = dropping("、/\\_-—“”\"'’《》.|&：:")
	counter = regexp.MustCompile(`^(?:\d{1,2}|[一二三四五六七八九十])`)
	ordinal = regexp.MustCompile(`第([一二三四五六七八九十\d]{1,2})|[①②③④⑤⑥⑦⑧⑨]|[（(]?([一二三四五六七八九十]|\d{1,2})[)）]?$`)
)

// dropping returns a replacer that takes each of chars out.
func dropping(chars string) *strings.Replacer {
	var pairs []string
	for _, r := range chars {
		pairs = append(pairs, string(r), "")
	}
	return strings.NewReplacer(pairs...)
}

// foldHeader brings a header to the form in which headers are compared.
func foldHeader(text string) string {
	s := simplify().Replace(judging.Fold(text))
	for before := ""; s != before; {
		before = s
		s = numbering.ReplaceAllString(s, "")
		s = polite.ReplaceAllString(s, "")
		s = tail.ReplaceAllString(s, "")
	}
	return signs.Replace(s)
}

// mostHead is how many characters of a header are read as one; of a longer one, what stands before its remarks.
const mostHead = 60

// match finds what a header means, by falling evidence: the header as a whole; what is left of a long one without its
// remarks; each language of one in two.
func (v *vocabulary) match(text string) meaning {
	var m meaning
	if utf8.RuneCountInString(text) <= mostHead {
		m = v.matchWhole(text)
	}
	if m.field == FieldNone {
		for _, short := range shortHeads(text) {
			if m = v.matchWhole(short); m.confidence >= looseWord {
				m.confidence = min(m.confidence, cleanWord)
				break
			}
			m = meaning{}
		}
	}
	if m.field == FieldNone {
		m = v.matchLanguages(text)
	}
	folded := foldHeader(text)
	m.plain = m.field == FieldTeacher && !clearTeacher.MatchString(folded)
	m.leads = m.field == FieldContact && strings.Contains(folded, "负责人")
	return m
}

var (
	clearTeacher = regexp.MustCompile(`指导|辅导|带队|教练|导师|guid|instruct|advis|supervis|tutor|coach`)
	headRemark   = regexp.MustCompile(`[（(【\[〔\n\r:：，,。；;*＊]`)
	hanOnly      = regexp.MustCompile(`[^\p{Han}]+`)
	latinOnly    = regexp.MustCompile(`[^A-Za-z ]+`)
)

// shortHeads lists what a header may be without its remarks: what is not in brackets, and what stands first.
func shortHeads(text string) (list []string) {
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && s != text && utf8.RuneCountInString(s) <= mostHead {
			list = append(list, s)
		}
	}
	text = numbering.ReplaceAllString(strings.TrimSpace(text), "")
	if utf8.RuneCountInString(text) > 2000 {
		text = string([]rune(text)[:2000])
	}
	add(brackets.ReplaceAllString(text, ""))
	if at := headRemark.FindStringIndex(text); at != nil {
		add(text[:at[0]])
	}
	return list
}

// matchLanguages reads 作品名称 Title: each language says the same, or one says nothing.
func (v *vocabulary) matchLanguages(text string) meaning {
	if utf8.RuneCountInString(text) > 2*mostHead {
		return meaning{}
	}
	text = brackets.ReplaceAllString(judging.Fold(text), "") + " " + strings.Join(brackets.FindAllString(text, 3), " ")
	han, latin := hanOnly.ReplaceAllString(text, ""), latinOnly.ReplaceAllString(text, " ")
	if han == "" || strings.TrimSpace(latin) == "" {
		return meaning{}
	}
	a, b := v.matchWhole(han), v.matchWhole(latin)
	switch {
	case a.confidence < looseWord && b.confidence < looseWord:
		return meaning{}
	case a.field == b.field || b.field == FieldNone:
		a.confidence = min(a.confidence, cleanWord)
		return a
	case a.field == FieldNone:
		b.confidence = min(b.confidence, looseWord)
		return b
	}
	if a.confidence < b.confidence {
		a = b
	}
	a.confidence = min(a.confidence, looseWord)
	return a
}

// matchWhole finds what a header means: the word itself, the word without remarks in brackets, whose and what it is
// made of, and a known word at its end (where Chinese puts what a thing is).
func (v *vocabulary) matchWhole(text string) meaning {
	whole := foldHeader(text)
	bare := foldHeader(brackets.ReplaceAllString(judging.Fold(text), ""))
	if bare == "" {
		bare = whole
	}
	if m := v.word(whole); m.field != FieldNone {
		return m
	}
	m := v.word(bare)
	if m.field == FieldNone {
		m = v.series(bare)
	}
	if m.field == FieldNone && v.compound {
		m = compound(bare)
	}
	if m.field == FieldNone {
		m = v.suffix(bare)
	}
	if hint := roleNamed(brackets.FindString(judging.Fold(text))); v.compound && hint != "" && hint != m.role {
		if f := reassign(hint, m.field); f != FieldNone { // 联系电话（指导老师）
			m.field, m.role = f, hint
		}
	}
	if m.order == "" {
		m.order = orderIn(whole)
	}
	return m
}

func (v *vocabulary) word(s string) meaning {
	if f, ok := v.sure[s]; ok {
		return meaning{field: f, confidence: sureWord, role: roleOf(f), order: orderIn(s)}
	}
	if f, ok := v.loose[s]; ok {
		return meaning{field: f, confidence: looseWord}
	}
	return meaning{}
}

// series reads 作者1, 指导老师（二）, 第三作者姓名.
func (v *vocabulary) series(s string) meaning {
	order := orderIn(s)
	if order == "" {
		return meaning{}
	}
	m := v.word(signs.Replace(ordinal.ReplaceAllString(s, "")))
	m.order = order
	return m
}

func orderIn(s string) string {
	found := ordinal.FindStringSubmatch(s)
	switch {
	case found == nil:
		return ""
	case found[1] != "":
		return found[1]
	case found[2] != "":
		return found[2]
	}
	return found[0]
}

// compound reads a header made of whose and what: 指导老师联系电话.
func compound(s string) meaning {
	r := roles()
	role, rest := "", ""
	for name, words := range r.Roles {
		for _, w := range words {
			if after, ok := strings.CutPrefix(s, w); ok &&
				(role == "" || len(after) < len(rest) || len(after) == len(rest) && name < role) {
				role, rest = name, after
			}
		}
	}
	if role == "" || rest == "" {
		return meaning{}
	}
	order := orderIn(rest)
	if n := counter.FindString(rest); n != "" { // 作者2姓名
		order, rest = n, rest[len(n):]
	}
	for _, j := range r.Joints {
		rest = strings.TrimPrefix(rest, j)
	}
	for _, try := range []string{rest, ordinal.ReplaceAllString(rest, "")} {
		if f := partOf(role, try); f != FieldNone {
			return meaning{field: f, confidence: cleanWord, role: role, order: order}
		}
	}
	return meaning{}
}

// partOf returns the field of what (电话) for role (teacher).
func partOf(role, what string) Field {
	r := roles()
	for part, words := range r.Parts {
		f := r.Means[role][part]
		if f == FieldNone {
			continue
		}
		for _, w := range words {
			if w == what {
				return f
			}
		}
	}
	return FieldNone
}

// suffix reads a header that ends in a known word of two characters or more.
func (v *vocabulary) suffix(s string) meaning {
	for _, w := range roles().Other {
		if strings.HasSuffix(s, w) || strings.HasPrefix(s, "是否") {
			return meaning{}
		}
	}
	for _, w := range v.words {
		if len(w) >= 6 && len(w) < len(s) && strings.HasSuffix(s, w) {
			f := v.sure[w]
			if f == fieldMeta {
				return meaning{} // 素材来源 is no 来源 of a form
			}
			return meaning{field: f, confidence: suffixWord + 0.25*float64(len(w))/float64(len(s)), role: roleOf(f)}
		}
	}
	return meaning{}
}

// roleIn finds the longest role word within text.
func roleIn(text string) string {
	role, most := "", 0
	for name, words := range roles().Roles {
		for _, w := range words {
			if len(w) > most && strings.Contains(text, w) ||
				len(w) == most && name < role && strings.Contains(text, w) {
				role, most = name, len(w)
			}
		}
	}
	return role
}

// roleNamed returns the role that text in brackets is the name of.
func roleNamed(bracketed string) string {
	inner := foldHeader(strings.Trim(bracketed, "（()）【】[]"))
	role := roleIn(inner)
	for _, w := range roles().Roles[role] {
		if w == inner {
			return role
		}
	}
	return ""
}

// roleOf returns the role a field belongs to by itself.
func roleOf(f Field) string {
	switch s := string(f); {
	case f == FieldTeacher || strings.HasPrefix(s, "teacher_"):
		return "teacher"
	case f == FieldContact || strings.HasPrefix(s, "contact_"):
		return "contact"
	case f == FieldAuthor, f == FieldLeader:
		return "author"
	case f == FieldCoAuthor || strings.HasPrefix(s, "co_"):
		return "co_author"
	case f == FieldTitle:
		return "work"
	}
	return ""
}

// partNames say what a field is, whosever it is.
var partNames = map[Field]string{
	FieldAuthor:   "姓名",
	FieldName:     "姓名",
	FieldPhone:    "电话",
	FieldUnit:     "单位",
	FieldIDCard:   "身份证",
	FieldEmail:    "邮箱",
	"position":    "职务",
	"gender":      "性别",
	"age":         "年龄",
	"class":       "班级",
	"grade":       "年级",
	"birth":       "出生年月",
	"address":     "地址",
	"qq":          "qq",
	"staff_no":    "工号",
	FieldTitle:    "名称",
	FieldCategory: "类别",
	FieldIntro:    "简介",
	FieldNumber:   "编号",
}

// reassign turns a field of nobody in particular into that of role: phone -> teacher_phone, author (from 姓名) ->
// teacher.
func reassign(role string, f Field) Field {
	what := partNames[f]
	if what == "" {
		return FieldNone
	}
	return partOf(role, what)
}
