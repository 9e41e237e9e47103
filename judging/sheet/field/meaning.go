package field

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
)

// Meaning is what a header says.
type Meaning struct {
	Means Field
	Sure  float64
	Role  string // whose: author, teacher, contact …; "" where it does not say
	Order string // of a series: "1" in 作者1, "二" in 第二作者
	Plain bool   // 教师, 老师: may be who guides or who made it
	Leads bool   // 负责人: leads a team where the table has members
}

// Confidence of the ways to know a header.
const (
	SureWord   = 1.0
	CleanWord  = 0.95 // compound of known words
	LooseWord  = 0.8
	SuffixWord = 0.5 // plus up to 0.25 by how much of the header is known
)

var (
	Numbering = regexp.MustCompile(`^(?:[*＊★☆※●◆▲#]+|(?:q|题目?|第)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:题)?[、.．:：)）]+)`)
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

// Fold brings a header to the form in which headers are compared.
func Fold(text string) string {
	s := simplify().Replace(judging.Fold(text))
	for before := ""; s != before; {
		before = s
		s = Numbering.ReplaceAllString(s, "")
		s = polite.ReplaceAllString(s, "")
		s = tail.ReplaceAllString(s, "")
	}
	return signs.Replace(s)
}

// MostHead is how many characters of a header are read as one; of a longer one, what stands before its remarks.
const MostHead = 60

// Match finds what a header means, by falling evidence: the header as a whole; what is left of a long one without its
// remarks; each language of one in two.
func (v *Vocabulary) Match(text string) Meaning {
	var m Meaning
	if utf8.RuneCountInString(text) <= MostHead {
		m = v.matchWhole(text)
	}
	if m.Means == None {
		for _, short := range shortHeads(text) {
			if m = v.matchWhole(short); m.Sure >= LooseWord {
				m.Sure = min(m.Sure, CleanWord)
				break
			}
			m = Meaning{}
		}
	}
	if m.Means == None {
		m = v.matchLanguages(text)
	}
	folded := Fold(text)
	m.Plain = m.Means == Teacher && !clearTeacher.MatchString(folded)
	m.Leads = m.Means == Contact && strings.Contains(folded, "负责人")
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
		if s = strings.TrimSpace(s); s != "" && s != text && utf8.RuneCountInString(s) <= MostHead {
			list = append(list, s)
		}
	}
	text = Numbering.ReplaceAllString(strings.TrimSpace(text), "")
	if utf8.RuneCountInString(text) > 2000 {
		text = string([]rune(text)[:2000])
	}
	add(celltext.Brackets.ReplaceAllString(text, ""))
	if at := headRemark.FindStringIndex(text); at != nil {
		add(text[:at[0]])
	}
	return list
}

// matchLanguages reads 作品名称 Title: each language says the same, or one says nothing.
func (v *Vocabulary) matchLanguages(text string) Meaning {
	if utf8.RuneCountInString(text) > 2*MostHead {
		return Meaning{}
	}
	inner := strings.Join(celltext.Brackets.FindAllString(text, 3), " ")
	text = celltext.Brackets.ReplaceAllString(judging.Fold(text), "") + " " + inner
	han, latin := hanOnly.ReplaceAllString(text, ""), latinOnly.ReplaceAllString(text, " ")
	if han == "" || strings.TrimSpace(latin) == "" {
		return Meaning{}
	}
	a, b := v.matchWhole(han), v.matchWhole(latin)
	switch {
	case a.Sure < LooseWord && b.Sure < LooseWord:
		return Meaning{}
	case a.Means == b.Means || b.Means == None:
		a.Sure = min(a.Sure, CleanWord)
		return a
	case a.Means == None:
		b.Sure = min(b.Sure, LooseWord)
		return b
	}
	if a.Sure < b.Sure {
		a = b
	}
	a.Sure = min(a.Sure, LooseWord)
	return a
}

// matchWhole finds what a header means: the word itself, the word without remarks in brackets, whose and what it is
// made of, and a known word at its end (where Chinese puts what a thing is).
func (v *Vocabulary) matchWhole(text string) Meaning {
	whole := Fold(text)
	bare := Fold(celltext.Brackets.ReplaceAllString(judging.Fold(text), ""))
	if bare == "" {
		bare = whole
	}
	if m := v.word(whole); m.Means != None {
		return m
	}
	m := v.word(bare)
	if m.Means == None {
		m = v.series(bare)
	}
	if m.Means == None && v.Compound {
		m = compound(bare)
	}
	if m.Means == None {
		m = v.suffix(bare)
	}
	if hint := roleNamed(celltext.Brackets.FindString(judging.Fold(text))); v.Compound && hint != "" && hint != m.Role {
		if f := Reassign(hint, m.Means); f != None { // 联系电话（指导老师）
			m.Means, m.Role = f, hint
		}
	}
	if m.Order == "" {
		m.Order = orderIn(whole)
	}
	return m
}

func (v *Vocabulary) word(s string) Meaning {
	if f, ok := v.sure[s]; ok {
		return Meaning{Means: f, Sure: SureWord, Role: RoleOf(f), Order: orderIn(s)}
	}
	if f, ok := v.loose[s]; ok {
		return Meaning{Means: f, Sure: LooseWord}
	}
	return Meaning{}
}

// series reads 作者1, 指导老师（二）, 第三作者姓名.
func (v *Vocabulary) series(s string) Meaning {
	order := orderIn(s)
	if order == "" {
		return Meaning{}
	}
	m := v.word(signs.Replace(ordinal.ReplaceAllString(s, "")))
	m.Order = order
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
func compound(s string) Meaning {
	r := Roles()
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
		return Meaning{}
	}
	order := orderIn(rest)
	if n := counter.FindString(rest); n != "" { // 作者2姓名
		order, rest = n, rest[len(n):]
	}
	for _, j := range r.Joints {
		rest = strings.TrimPrefix(rest, j)
	}
	for _, try := range []string{rest, ordinal.ReplaceAllString(rest, "")} {
		if f := partOf(role, try); f != None {
			return Meaning{Means: f, Sure: CleanWord, Role: role, Order: order}
		}
	}
	return Meaning{}
}

// partOf returns the field of what (电话) for role (teacher).
func partOf(role, what string) Field {
	r := Roles()
	for part, words := range r.Parts {
		f := r.Means[role][part]
		if f == None {
			continue
		}
		for _, w := range words {
			if w == what {
				return f
			}
		}
	}
	return None
}

// suffix reads a header that ends in a known word of two characters or more.
func (v *Vocabulary) suffix(s string) Meaning {
	for _, w := range Roles().Other {
		if strings.HasSuffix(s, w) || strings.HasPrefix(s, "是否") {
			return Meaning{}
		}
	}
	for _, w := range v.words {
		if len(w) >= 6 && len(w) < len(s) && strings.HasSuffix(s, w) {
			f := v.sure[w]
			if f == Meta {
				return Meaning{} // 素材来源 is no 来源 of a form
			}
			return Meaning{Means: f, Sure: SuffixWord + 0.25*float64(len(w))/float64(len(s)), Role: RoleOf(f)}
		}
	}
	return Meaning{}
}

// RoleIn finds the longest role word within text.
func RoleIn(text string) string {
	role, most := "", 0
	for name, words := range Roles().Roles {
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
	inner := Fold(strings.Trim(bracketed, "（()）【】[]"))
	role := RoleIn(inner)
	for _, w := range Roles().Roles[role] {
		if w == inner {
			return role
		}
	}
	return ""
}

// RoleOf returns the role a field belongs to by itself.
func RoleOf(f Field) string {
	switch s := string(f); {
	case f == Teacher || strings.HasPrefix(s, "teacher_"):
		return "teacher"
	case f == Contact || strings.HasPrefix(s, "contact_"):
		return "contact"
	case f == Author, f == Leader:
		return "author"
	case f == CoAuthor || strings.HasPrefix(s, "co_"):
		return "co_author"
	case f == Title:
		return "work"
	}
	return ""
}

// partNames say what a field is, whosever it is.
var partNames = map[Field]string{
	Author:     "姓名",
	Name:       "姓名",
	Phone:      "电话",
	Unit:       "单位",
	IDCard:     "身份证",
	Email:      "邮箱",
	"position": "职务",
	"gender":   "性别",
	"age":      "年龄",
	"class":    "班级",
	"grade":    "年级",
	"birth":    "出生年月",
	"address":  "地址",
	"qq":       "qq",
	"staff_no": "工号",
	Title:      "名称",
	Category:   "类别",
	Intro:      "简介",
	Number:     "编号",
}

// Reassign turns a field of nobody in particular into that of role: phone -> teacher_phone, author (from 姓名) ->
// teacher.
func Reassign(role string, f Field) Field {
	what := partNames[f]
	if what == "" {
		return None
	}
	return partOf(role, what)
}
