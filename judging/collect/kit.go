package collect

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/letter"
)

// Words gives the texts of papers in a language.
type Words = func(key string, args map[string]any) string

// Terms are what the notice says besides the rules: until when, to where, and whom to ask. Contact and Phone are the
// host's own.
type Terms struct {
	Deadline string `json:"deadline,omitempty"` // 2006-01-02, the whole day counts
	To       string `json:"to,omitempty"`       // where works are sent: an address, a mailbox
	Contact  string `json:"contact,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

// Check reports what is wrong with terms. Errors: Invalid.
func (t Terms) Check() error {
	if t.Deadline == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, t.Deadline); err != nil {
		return judging.Fail(judging.Invalid, "call.bad_day", judging.Args{"Day": t.Deadline}).Because(err)
	}
	return nil
}

// Unit is one unit that is asked.
type Unit struct {
	Name  string
	Quota int // the most works in all; 0: no limit

	Quotas map[string]int // the most of single categories, by name; one that is missing has no limit
}

// File is one file of a kit.
type File struct {
	Name string
	Data []byte
}

// Maker makes further files of a kit, for a unit or, with the zero Unit, for all.
type Maker func(k *Kit, u Unit) ([]File, error)

// Kit is what the papers are made of.
type Kit struct {
	Contest judging.Contest
	Rules   judging.Rules
	Terms   Terms
	Texts   Texts
	Today   time.Time
	Words   Words
	Makers  []Maker // of files besides the papers

	common []File // the papers that are the same for all units
}

// Files makes the kit for one unit, or for all with the zero Unit. Errors: those of the makers.
func (k *Kit) Files(u Unit) ([]File, error) {
	if k.common == nil {
		if err := k.papers(); err != nil {
			return nil, err
		}
	}
	book, err := k.workbook(u)
	if err != nil {
		return nil, err
	}
	files := append(slices.Clone(k.common), File{k.name(1, "workbook", ".xlsx"), book})
	for _, m := range k.Makers {
		more, err := m(k, u)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return files, nil
}

// attachments are the papers behind the notice, by the ends of their texts' keys.
func (k *Kit) attachments() []string {
	list := []string{"workbook", "form", "statement"}
	if k.minors() {
		list = append(list, "consent")
	}
	return append(list, "requirements")
}

// Mark is what the files of the kit say of the call that they were made for.
func (k *Kit) Mark() kitmark.Mark { return kitmark.Of(k.Rules, k.Terms.Deadline, k.Today) }

func (k *Kit) minors() bool {
	return slices.ContainsFunc(k.Rules.Groups, func(g judging.GroupRule) bool { return g.Minor })
}

// title names an attachment.
func (k *Kit) title(what string) string { return k.Words("call.title_"+what, nil) }

// name names the file of an attachment.
func (k *Kit) name(n int, what, ending string) string {
	return k.Words("call.mark", judging.Args{"N": n}) + " " + k.title(what) + ending
}

// papers makes the files that are the same for all units.
func (k *Kit) papers() error {
	notice := letter.Letter{
		Title: k.fill(k.Texts.NoticeTitle, Unit{}), To: k.Words("call.to_units", nil), From: k.Contest.Host,
		Date: k.Words("call.day", judging.Args{
			"Year": k.Today.Year(), "Month": int(k.Today.Month()), "Day": k.Today.Day(),
		}),
	}
	for _, p := range k.Texts.Notice {
		notice.Body = append(notice.Body, k.fill(p, Unit{}))
	}
	var files []File
	add := func(name string, l letter.Letter) error {
		var b bytes.Buffer
		if err := letter.Write(&b, l.In(k.Words)); err != nil {
			return err
		}
		files = append(files, File{name, b.Bytes()})
		return nil
	}
	for i, what := range k.attachments() {
		notice.Attachments = append(notice.Attachments, k.title(what))
		mark := k.Words("call.mark", judging.Args{"N": i + 1})
		var l letter.Letter
		switch what {
		case "form":
			l.Forms = []letter.Form{k.form(mark)}
		case "statement":
			l = k.statement(mark, what, k.Texts.Statement)
		case "consent":
			l = k.statement(mark, what, k.Texts.Consent)
		case "requirements":
			l = k.requirements(mark)
		default:
			continue
		}
		if err := add(k.name(i+1, what, ".docx"), l); err != nil {
			return err
		}
	}
	if err := add(k.title("notice")+".docx", notice); err != nil {
		return err
	}
	k.common = files
	return nil
}

// statement is a paper to be signed by hand.
func (k *Kit) statement(mark, what string, body []string) letter.Letter {
	l := letter.Letter{Mark: mark, Title: k.title(what)}
	for _, p := range body {
		l.Body = append(l.Body, k.fill(p, Unit{}))
	}
	return l
}

// form is the form for one work, to be filled in by hand or in a word processor.
func (k *Kit) form(mark string) letter.Form {
	w := func(name string) string { return k.Words("call.col_"+name, nil) }
	f := letter.Form{Mark: mark, Title: k.title("form"), Rows: []letter.FormRow{{Cells: []string{w("title"), ""}}}}
	var kinds []string
	for _, c := range k.Rules.Categories {
		kinds = append(kinds, "□"+c.Name)
	}
	f.Rows = append(f.Rows, letter.FormRow{Cells: []string{w("category"), strings.Join(kinds, "　")}})
	if len(k.Rules.Groups) > 0 {
		var groups []string
		for _, g := range k.Rules.Groups {
			groups = append(groups, "□"+g.Name)
		}
		f.Rows = append(f.Rows, letter.FormRow{Cells: []string{w("group"), strings.Join(groups, "　")}})
	}
	agrees := "□" + k.Words("call.agrees", nil) + "　□" + k.Words("call.agrees_not", nil)
	f.Rows = append(f.Rows,
		letter.FormRow{Cells: []string{w("author"), "", w("phone"), ""}},
		letter.FormRow{Cells: []string{w("unit"), "", w("teacher"), ""}},
		letter.FormRow{Cells: []string{w("file_name"), ""}},
		letter.FormRow{Cells: []string{w("intro"), ""}, Tall: 6},
		letter.FormRow{Cells: []string{w("consent"), agrees + k.Words("call.agrees_minor", nil)}},
		letter.FormRow{Cells: []string{k.Words("call.form_promise", nil), k.Words("call.form_sign", nil)}, Tall: 3},
		letter.FormRow{Cells: []string{k.Words("call.form_unit_says", nil), k.Words("call.form_stamp", nil)}, Tall: 3},
	)
	return f
}

// requirements says in plain words what is asked of works: of all, then by category.
func (k *Kit) requirements(mark string) letter.Letter {
	l := letter.Letter{Mark: mark, Title: k.title("requirements")}
	for _, p := range k.Texts.Asked {
		l.Body = append(l.Body, k.fill(p, Unit{}))
	}
	t := letter.Table{
		Title: k.Words("call.asked_table", nil), Wide: []int{4, 6, 20},
		Head: []string{
			k.Words("call.col_category", nil), k.Words("call.col_groups", nil), k.Words("call.col_asked", nil),
		},
	}
	for _, c := range k.Rules.Categories {
		groups := k.Words("call.all_groups", nil)
		if len(c.Groups) > 0 {
			groups = strings.Join(c.Groups, "、")
		}
		t.Rows = append(t.Rows, []string{c.Name, groups, k.Asked(c)})
	}
	l.Tables = []letter.Table{t}
	return l
}

// Write writes one file of the kit.
func (f File) Write(w io.Writer) error {
	_, err := w.Write(f.Data)
	return err
}

// number writes a number without idle zeros.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
