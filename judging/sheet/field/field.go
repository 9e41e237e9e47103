package field

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"fayi/assets/headers"
	"fayi/judging"
)

// spelledField names a field that has no word of its own by whose and what it is: 合作者性别.
func spelledField(v *Vocabulary, f Field) string {
	r := Roles()
	for _, role := range []string{"work", "author", "co_author", "teacher", "contact", "sender"} {
		for _, part := range sortedKeys(r.Means[role]) {
			if r.Means[role][part] == f {
				whose := v.example[Field(role)]
				if whose == "" {
					whose = r.Roles[role][0]
				}
				return whose + r.Parts[part][0]
			}
		}
	}
	return strings.ReplaceAll(string(f), "_", " ")
}

// Field is what a column means. Fields without a constant here (gender, size, remark …: the keys of assets/headers)
// go into Work.More under their own name.
type Field string

// The fields that have a place of their own in a work or a judge.
const (
	Title    Field = "title"
	Author   Field = "author"
	Unit     Field = "unit"
	Sender   Field = "sender"
	Teacher  Field = "teacher"
	Contact  Field = "contact"
	Phone    Field = "phone"
	Email    Field = "email"
	IDCard   Field = "id_card"
	Category Field = "category"
	Group    Field = "group"
	Number   Field = "number" // 作品编号 of the sender
	RowNo    Field = "row_no" // 序号: counted, not kept
	Intro    Field = "intro"
	FileName Field = "file_name"

	Name       Field = "name" // of a judge
	Post       Field = "post"
	Categories Field = "categories"
	MaxLoad    Field = "max_load"
	Panel      Field = "panel" // 计分组
	Away       Field = "away"
	StaffNo    Field = "staff_no"
	AvoidUnit  Field = "avoid_unit"   // units whose works the judge must not score
	Avoid      Field = "avoid"        // units or people
	AvoidOne   Field = "avoid_person" // people

	UnitName Field = "unit_name" // of a list of units
	UnitKind Field = "unit_kind" // 学校, 机关 …
	Quota    Field = "quota"     // the most works that a unit may send in

	None  Field = ""     // the column's header is not known; it is kept in Work.More under its header
	Leave Field = "none" // the column is left out
)

// Fields that reading works turns into others.
const (
	CoAuthor     Field = "co_author"
	ContactPhone Field = "contact_phone"
	ContactBoth  Field = "contact_both" // name and phone in one cell
	Leader       Field = "leader"       // of a team: the first author
	Form         Field = "form"         // 体裁: helps where the category says nothing
	Grade        Field = "grade"
	Role         Field = "role"
	Award        Field = "award"
	Meta         Field = "meta" // what a form tool adds by itself
)

// Vocabulary is how the columns of one kind of table are called.
type Vocabulary struct {
	sure, loose map[string]Field // folded header -> field
	words       []string         // keys of sure, longest first: for headers that end in one
	Wanted      []Field          // the fields without which a table is not of this kind
	example     map[Field]string // the first spelling of a field, to be shown to a user
	Compound    bool             // headers may say whose and what
	Alone       bool             // a table may have the wanted column alone
}

var (
	Works  = sync.OnceValue(func() *Vocabulary { return newVocabulary(headers.Works, true, Title) })
	Judges = sync.OnceValue(func() *Vocabulary { return newVocabulary(headers.Judges, false, Name) })
	Units  = sync.OnceValue(func() *Vocabulary { return newVocabulary(headers.Units, false, UnitName) })
)

func newVocabulary(data []byte, compound bool, wanted ...Field) *Vocabulary {
	var list map[Field]struct{ Sure, Loose []string }
	mustParse(data, &list)
	v := &Vocabulary{
		sure:     map[string]Field{},
		loose:    map[string]Field{},
		example:  map[Field]string{},
		Wanted:   wanted,
		Compound: compound,
		Alone:    !compound,
	}
	for f, w := range list {
		v.example[f] = w.Sure[0]
		for _, s := range w.Sure {
			v.sure[Fold(s)] = f
		}
		for _, s := range w.Loose {
			v.loose[Fold(s)] = f
		}
	}
	v.words = slices.SortedFunc(maps.Keys(v.sure), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return v
}

// roleWords parts compound headers into whose and what.
type roleWords struct {
	Roles, Parts map[string][]string
	Means        map[string]map[string]Field
	Other        []string // words that end a header of no interest
	Persons      []string // roles that are people
	Joints       []string
}

var Roles = sync.OnceValue(func() roleWords {
	var r roleWords
	mustParse(headers.Roles, &r)
	return r
})

var simplify = sync.OnceValue(func() *strings.Replacer {
	var v struct{ From, To string }
	mustParse(headers.Variants, &v)
	var pairs []string
	to := []rune(v.To)
	for i, r := range []rune(v.From) {
		pairs = append(pairs, string(r), string(to[i]))
	}
	return strings.NewReplacer(pairs...)
})

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// mustParse reads embedded data; a failure means that the program was built from broken files.
func mustParse(data []byte, into any) {
	if err := json.Unmarshal(data, into); err != nil {
		panic("assets/headers: " + err.Error())
	}
}

// Spelling names fields to a user in the words of a header.
func (v *Vocabulary) Spelling(fields ...Field) string {
	var words []string
	for _, f := range fields {
		word := v.example[f]
		if word == "" {
			word = spelledField(v, f)
		}
		words = append(words, word)
	}
	return strings.Join(words, "、")
}

// OwnCode is the code that this program gave a work, in a list that it wrote.
const OwnCode Field = "own_code"

// Shown cleans a header for people: without numbering, colon, and the remarks that form tools add.
func Shown(s string) string {
	s = strings.TrimRight(Numbering.ReplaceAllString(judging.Tidy(s), ""), ":：*")
	for _, remark := range []string{"必填", "选填", "自动", "单选", "多选", "必选"} {
		for _, b := range []string{"（" + remark + "）", "(" + remark + ")", "【" + remark + "】", "[" + remark + "]"} {
			s = strings.ReplaceAll(s, b, "")
		}
	}
	return strings.TrimSpace(s)
}
