package collect

import (
	"io"
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
	Lacking []string // what is still missing, in words
	Over    []string // quotas that are exceeded, in words
}

// ReceiptText is a receipt to be copied into a message.
func (k *Kit) ReceiptText(r Received) string {
	text := ""
	for _, p := range k.receipt(r) {
		text += p + "\n"
	}
	return text
}

// receipt writes the paragraphs of a receipt.
func (k *Kit) receipt(r Received) []string {
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
	for i, l := range r.Lacking {
		out = append(out, strconv.Itoa(i+1)+". "+l)
	}
	return out
}

// WriteReceipt writes a receipt as docx. Errors: those of w.
func (k *Kit) WriteReceipt(w io.Writer, r Received) error {
	col := func(name string) string { return k.Words("call.col_"+name, nil) }
	t := letter.Table{
		Mark: k.Words("call.attachment", nil), Title: k.Words("call.receipt_list", nil), Wide: []int{3, 14, 6, 6, 8, 4},
		Head: []string{col("row_no"), col("title"), col("category"), col("group"), col("author"), col("files")},
	}
	for i, x := range r.Works {
		group := x.Group
		if group == "" {
			group = k.Words("call.dash", nil)
		}
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(i + 1), x.Title, x.Category, group, strings.Join(x.Authors, "、"), strconv.Itoa(len(x.Files)),
		})
	}
	l := letter.Letter{
		Title: k.title("receipt"), From: k.Contest.Host, Body: k.receipt(r),
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
