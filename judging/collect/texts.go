package collect

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"fayi/judging"
)

// Texts are the words of the papers that an office may change. Fields stand in braces, as {deadline}; see TextFields.
type Texts struct {
	NoticeTitle string   `toml:"notice_title"`
	Notice      []string `toml:"notice"`    // paragraphs
	Asked       []string `toml:"asked"`     // of all works, above the table of categories
	Statement   []string `toml:"statement"` // of originality
	Consent     []string `toml:"consent"`   // of a guardian
	Naming      string   `toml:"naming"`    // how files are named
	Receipt     []string `toml:"receipt"`   // 回执
	Reminder    string   `toml:"reminder"`  // to a unit that has not sent anything
}

// textFields are the fields that texts may hold, as Chinese texts and as English ones write them.
var textFields = map[string]string{
	"征集": "contest", "主办单位": "host", "单位": "unit", "截止日期": "deadline", "报送地点": "to", "联系人": "contact",
	"电话": "phone", "限报数": "quota", "命名规则": "naming",
}

// fieldOf returns the English name of a field, "" for any other word.
func fieldOf(name string) string {
	if en, ok := textFields[name]; ok {
		return en
	}
	for _, en := range textFields {
		if en == name {
			return en
		}
	}
	return ""
}

// TextFields lists the fields as a text names them to people: both spellings, in braces.
func TextFields() string {
	var list []string
	for zh, en := range textFields {
		list = append(list, "{"+zh+"} {"+en+"}")
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// MostTexts is how large a file of texts may be.
const MostTexts = 256 << 10

// DefaultTexts are those that come with the program.
func DefaultTexts(w Words) Texts {
	list := func(key string) []string { return strings.Split(w("call."+key, nil), "\n") }
	return Texts{
		NoticeTitle: w("call.text_notice_title", nil), Notice: list("text_notice"), Asked: list("text_asked"),
		Statement: list("text_statement"), Consent: list("text_consent"), Naming: w("call.text_naming", nil),
		Receipt: list("text_receipt"), Reminder: w("call.text_reminder", nil),
	}
}

// ReadTexts reads a file of texts over the given ones: what it does not name stays. Errors: Invalid.
func ReadTexts(r io.Reader, over Texts) (Texts, error) {
	data, err := io.ReadAll(io.LimitReader(r, MostTexts+1))
	if err != nil {
		return over, err
	}
	if len(data) > MostTexts {
		return over, judging.Fail(judging.Invalid, "call.texts_large", judging.Args{"Limit": MostTexts >> 10})
	}
	md, err := toml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).Decode(&over)
	if err != nil {
		line := 0
		if e, ok := err.(toml.ParseError); ok {
			line = e.Position.Line
		}
		return over, judging.Fail(judging.Invalid, "call.texts_unreadable", judging.Args{"Line": line}).Because(err)
	}
	if keys := md.Undecoded(); len(keys) > 0 {
		return over, judging.Fail(judging.Invalid, "call.texts_unknown", judging.Args{"Name": keys[0].String()})
	}
	return over, over.check()
}

// WriteTexts writes a file of texts, for a user to change.
func WriteTexts(w io.Writer, t Texts, remark string) error {
	if _, err := io.WriteString(w, "# "+strings.ReplaceAll(remark, "\n", "\n# ")+"\n"); err != nil {
		return err
	}
	return toml.NewEncoder(w).Encode(t)
}

var braced = regexp.MustCompile(`\{([^{}]*)\}`)

// check refuses fields that nothing fills.
func (t Texts) check() error {
	all := slices.Concat([]string{t.NoticeTitle, t.Naming, t.Reminder}, t.Notice, t.Asked, t.Statement, t.Consent,
		t.Receipt)
	for _, text := range all {
		for _, m := range braced.FindAllStringSubmatch(text, -1) {
			if fieldOf(m[1]) == "" {
				return judging.Fail(judging.Invalid, "call.texts_field", judging.Args{
					"Name": m[1], "Known": TextFields(),
				})
			}
		}
	}
	return nil
}

// fill puts values in for the fields of a text. What nobody said is a line to be filled in by hand.
func (k *Kit) fill(text string, u Unit) string { return k.fillWith(text, u, true) }

func (k *Kit) fillWith(text string, u Unit, naming bool) string {
	return braced.ReplaceAllStringFunc(text, func(m string) string {
		said := ""
		switch fieldOf(m[1 : len(m)-1]) {
		case "contest":
			said = k.Contest.Title()
		case "host":
			said = k.Contest.Host
		case "unit":
			said = u.Name
		case "deadline":
			said = k.Day(k.Terms.Deadline)
		case "to":
			said = k.Terms.To
		case "contact":
			said = k.Terms.Contact
		case "phone":
			said = k.Terms.Phone
		case "quota":
			said = k.quota(u)
		case "naming":
			if naming { // the rule of names may not hold itself
				return k.fillWith(k.Texts.Naming, u, false)
			}
		}
		if said == "" {
			return "__________"
		}
		return said
	})
}

// quota says how many works a unit may send: in all, and of categories in the order of the rules.
func (k *Kit) quota(u Unit) string {
	said := k.Words("call.no_quota", nil)
	if u.Quota > 0 {
		said = strconv.Itoa(u.Quota)
	}
	var parts []string
	for _, c := range k.Rules.Categories {
		if n := u.Quotas[c.Name]; n > 0 {
			parts = append(parts, k.Words("call.quota_part", judging.Args{"Category": c.Name, "N": n}))
		}
	}
	switch {
	case len(parts) == 0:
		return said
	case u.Quota == 0:
		return strings.Join(parts, "、")
	}
	return k.Words("call.quota_parts", judging.Args{"All": said, "Parts": strings.Join(parts, "、")})
}

// Day writes 2020-05-12 as papers do; "" stays empty.
func (k *Kit) Day(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return k.Words("call.day", judging.Args{"Year": t.Year(), "Month": int(t.Month()), "Day": t.Day()})
}
