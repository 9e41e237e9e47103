package table

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"fayi/assets/headers"
	"fayi/judging"
)

// Field is what a column means. Fields without a constant here (gender, size, remark …: the keys of assets/headers)
// go into Work.More under their own name.
type Field string

// The fields that have a place of their own in a work or a judge.
const (
	FieldTitle    Field = "title"
	FieldAuthor   Field = "author"
	FieldUnit     Field = "unit"
	FieldSender   Field = "sender"
	FieldTeacher  Field = "teacher"
	FieldContact  Field = "contact"
	FieldPhone    Field = "phone"
	FieldEmail    Field = "email"
	FieldIDCard   Field = "id_card"
	FieldCategory Field = "category"
	FieldGroup    Field = "group"
	FieldNumber   Field = "number" // 作品编号 of the sender
	FieldRowNo    Field = "row_no" // 序号: counted, not kept
	FieldIntro    Field = "intro"
	FieldFileName Field = "file_name"

	FieldName       Field = "name" // of a judge
	FieldPost       Field = "post"
	FieldCategories Field = "categories"
	FieldMaxLoad    Field = "max_load"
	FieldAway       Field = "away"
	FieldStaffNo    Field = "staff_no"
	fieldAvoidUnit  Field = "avoid_unit"   // units whose works the judge must not score
	fieldAvoid      Field = "avoid"        // units or people
	fieldAvoidOne   Field = "avoid_person" // people

	FieldNone  Field = ""     // the column's header is not known; it is kept in Work.More under its header
	FieldLeave Field = "none" // the column is left out
)

// Fields that reading works turns into others.
const (
	FieldCoAuthor     Field = "co_author"
	FieldContactPhone Field = "contact_phone"
	FieldContactBoth  Field = "contact_both" // name and phone in one cell
	FieldLeader       Field = "leader"       // of a team: the first author
	FieldForm         Field = "form"         // 体裁: helps where the category says nothing
	fieldGrade        Field = "grade"
	fieldRole         Field = "role"
	FieldAward        Field = "award"
	fieldMeta         Field = "meta" // what a form tool adds by itself
)

// vocabulary is how the columns of one kind of table are called.
type vocabulary struct {
	sure, loose map[string]Field // folded header -> field
	words       []string         // keys of sure, longest first: for headers that end in one
	wanted      []Field          // the fields without which a table is not of this kind
	example     map[Field]string // the first spelling of a field, to be shown to a user
	compound    bool             // headers may say whose and what
	alone       bool             // a table may have the wanted column alone
}

var (
	works  = sync.OnceValue(func() *vocabulary { return newVocabulary(headers.Works, true, FieldTitle) })
	judges = sync.OnceValue(func() *vocabulary { return newVocabulary(headers.Judges, false, FieldName) })
)

func newVocabulary(data []byte, compound bool, wanted ...Field) *vocabulary {
	var list map[Field]struct{ Sure, Loose []string }
	mustParse(data, &list)
	v := &vocabulary{
		sure:     map[string]Field{},
		loose:    map[string]Field{},
		example:  map[Field]string{},
		wanted:   wanted,
		compound: compound,
		alone:    !compound,
	}
	for f, w := range list {
		v.example[f] = w.Sure[0]
		for _, s := range w.Sure {
			v.sure[foldHeader(s)] = f
		}
		for _, s := range w.Loose {
			v.loose[foldHeader(s)] = f
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

var roles = sync.OnceValue(func() roleWords {
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

// spelling names fields to a user in the words of a header.
func (v *vocabulary) spelling(fields ...Field) string {
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

// emptyWords are what people write into a cell to say that there is nothing.
var emptyWords = wordSet("- -- --- — —— － / // \\ 无 暂无 没有 空 无此项 不详 n/a na null none nil nan (无) (空) (跳过) 、 . 。 * ? 无。")

// isBlankText reports whether text shows nothing.
func isBlankText(text string) bool { return strings.TrimLeftFunc(text, isBlank) == "" }

// isEmpty reports whether text says that there is nothing.
func isEmpty(text string) bool {
	if len(text) >= 16 {
		return isBlankText(text)
	}
	folded := judging.Fold(text)
	return folded == "" || emptyWords[folded]
}
