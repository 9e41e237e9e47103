package collect

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/letter"
)

// Received is what came from a unit, for its receipt.
type Received struct {
	Unit    Unit
	Day     string // on which the last of it came, 2006-01-02; "" where that is not known
	Late    bool
	Works   []judging.Work
	Lacking []Missing // what is still missing
	Over    []string  // quotas that are exceeded, in words
}

// Missing is one thing that a unit has still to send.
type Missing struct {
	Said   string   // in words
	Titles []string // of the works that it is missing of, where it is not the same of all
}

// fewTitles is how many titles a sentence names. More of them stand below each other.
const fewTitles = 3

// Bare tells that nothing came of a work that judges may look at.
func Bare(w judging.Work) bool {
	return !slices.ContainsFunc(w.Files, func(f judging.File) bool { return !f.Aside })
}

// ReceiptText is a receipt to be copied into a message.
func (k *Kit) ReceiptText(r Received) string {
	text := ""
	for _, p := range k.receipt(r, false) {
		text += p + "\n"
	}
	return text
}

// receipt writes the paragraphs of a receipt, which names many works by the list that goes along, where one does.
func (k *Kit) receipt(r Received, listed bool) []string {
	var out []string
	for _, p := range k.Texts.Receipt {
		out = append(out, k.fill(p, r.Unit))
	}
	files := 0
	for _, w := range r.Works {
		files += len(w.Files)
	}
	out = append(out, k.Words("call.receipt_works", judging.Args{"Works": len(r.Works), "Files": files}))
	if r.Day != "" {
		key := "call.receipt_day"
		if r.Late {
			key = "call.receipt_late"
		}
		out = append(out, k.Words(key, judging.Args{"Day": k.Day(r.Day), "Deadline": k.Day(k.Terms.Deadline)}))
	}
	out = append(out, r.Over...)
	if len(r.Lacking) == 0 {
		return append(out, k.Words("call.receipt_whole", nil))
	}
	out = append(out, k.Words("call.receipt_lacking", nil))
	for i, m := range r.Lacking {
		said := strconv.Itoa(i+1) + ". " + m.Said
		var titles []string
		for _, title := range m.Titles {
			titles = append(titles, k.Words("call.quoted", judging.Args{"Title": title}))
		}
		switch {
		case len(titles) == 0:
			out = append(out, said)
		case len(titles) <= fewTitles:
			out = append(out, said+k.Words("call.colon", nil)+strings.Join(titles, "、"))
		case listed:
			out = append(out, said+k.Words("call.receipt_marked", nil))
		default:
			out = append(append(out, said+k.Words("call.colon", nil)), titles...)
		}
	}
	return out
}

// WriteReceipt writes a receipt as docx. Errors: those of w.
func (k *Kit) WriteReceipt(w io.Writer, r Received) error {
	col := func(name string) string { return k.Words("call.col_"+name, nil) }
	t := letter.Table{
		Mark: k.Words("call.attachment", nil), Title: k.Words("call.receipt_list", nil), Wide: []int{3, 18, 6, 5, 7, 3},
		Head: []string{col("row_no"), col("title"), col("category"), col("group"), col("author"), col("files")},
	}
	for i, x := range r.Works {
		group := x.Group
		if group == "" {
			group = k.Words("call.dash", nil)
		}
		files := strconv.Itoa(len(x.Files))
		if Bare(x) {
			files = k.Words("call.receipt_bare", nil)
		}
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(i + 1), x.Title, x.Category, group, strings.Join(x.Authors, "、"), files,
		})
	}
	l := letter.Letter{
		Title: k.title("receipt"), From: k.Contest.Host, Body: k.receipt(r, true),
		Date: k.Words("call.day", judging.Args{
			"Year": k.Today.Year(), "Month": int(k.Today.Month()), "Day": k.Today.Day(),
		}),
	}
	if len(r.Works) > 0 {
		l.Tables = []letter.Table{t}
	}
	return letter.Write(w, l.In(k.Words))
}

// ReminderText is a message to a unit of which nothing came.
func (k *Kit) ReminderText(u Unit) string { return k.fill(k.Texts.Reminder, u) }
