package collect

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/parcel"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/text"
)

// KitRequest asks for the kits of units.
type KitRequest struct {
	Dir   string   // the folder to be made
	Units []string // only these; none: all that are listed
	Texts string   // a file of texts; "": those that come with the program

	// At is where works are sent online; with it a poster lies in each kit. "": they are not.
	At string
	// Links, where not nil, gives links of units, which is asked once the folder can be written; each lies as a slip in
	// the kit of its unit, and in no other.
	Links func(ctx context.Context) (map[string]string, error)
}

// KitReport says what was written.
type KitReport struct {
	Path  string   `json:"path"`
	Units []string `json:"units"`
	Files int      `json:"files"`
	Slips int      `json:"slips,omitempty"` // units whose link lies in their kit
}

// WriteKit writes the kit for all into a folder, and one for each unit into a folder below it. All of it is there, or
// nothing. Errors: NotFound for a unit that no list names; Invalid for texts that can't be read; Clash for a folder
// that holds something; Unavailable; those of req.Links.
func (o Stage) WriteKit(ctx context.Context, req KitRequest, words paper.Words) (KitReport, error) {
	report := KitReport{Path: req.Dir, Units: []string{}}
	k, register, err := o.kit(ctx, req.Texts, words)
	if err != nil {
		return report, err
	}
	units, err := chosen(register, req.Units)
	if err != nil {
		return report, err
	}
	folder, err := sets.NewFolder(req.Dir)
	if err != nil {
		return report, err
	}
	defer folder.Discard()
	online, err := onlineMaker(ctx, req, &report)
	if err != nil {
		return report, err
	}
	k.Makers = append(k.Makers, online)
	write := func(below string, u collect.Unit) error {
		files, err := k.Files(u)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := folder.WriteFile(below+f.Name, 0o644, f.Write); err != nil {
				return store.Translate(req.Dir, err)
			}
			report.Files++
		}
		return ctx.Err()
	}
	if err := write("", collect.Unit{}); err != nil {
		return report, err
	}
	var names text.NameBook
	for _, u := range units {
		below := names.Take(u.Name, "")
		if err := os.Mkdir(folder.Path(below), 0o755); err != nil {
			return report, store.Translate(req.Dir, err)
		}
		if err := write(below+"/", collect.Unit{Name: u.Name, Quota: u.Quota, Quotas: u.Quotas}); err != nil {
			return report, err
		}
		report.Units = append(report.Units, u.Name)
	}
	return report, store.Translate(req.Dir, folder.Commit())
}

// chosen are the units that were asked for, under the names they go by now; all of them for none.
func chosen(register records.UnitRegister, names []string) ([]records.ListedUnit, error) {
	if len(names) == 0 {
		names = register.Names()
	}
	var out []records.ListedUnit
	for _, name := range names {
		u, ok := register.Find(name)
		if !ok {
			return nil, judging.Fail(judging.NotFound, "units.unknown", judging.Args{"Unit": name})
		}
		u.Name = register.Now(u)
		if !slices.ContainsFunc(out, func(had records.ListedUnit) bool { return had.Name == u.Name }) {
			out = append(out, u)
		}
	}
	return out, nil
}

// kit gathers what papers are made of.
func (o Stage) kit(ctx context.Context, path string, words paper.Words) (*collect.Kit, records.UnitRegister, error) {
	k := &collect.Kit{
		Texts: collect.DefaultTexts(words), Today: o.rec.Now(), Words: words, Makers: []collect.Maker{packingPage},
	}
	var register records.UnitRegister
	if path != "" {
		f, err := regular.Open(path)
		if err != nil {
			return nil, register, store.Translate(path, err)
		}
		defer f.Close()
		if k.Texts, err = collect.ReadTexts(f, k.Texts); err != nil {
			return nil, register, err
		}
	}
	return k, register, o.rec.DB.View(ctx, func(tx store.Tx) error {
		var err error
		if k.Contest, err = records.LoadContest(tx); err != nil {
			return err
		}
		if k.Rules, err = records.LoadRules(tx); err != nil {
			return err
		}
		if k.Terms, err = loadTerms(tx); err != nil {
			return err
		}
		register, err = records.LoadUnitRegister(tx)
		return err
	})
}

// packingPage makes the page on which a unit fills in its works, has them checked and packs them.
func packingPage(k *collect.Kit, u collect.Unit) ([]collect.File, error) {
	page, err := parcel.Page(k.Contest, k.Rules, parcel.Request{
		Unit: u.Name, Deadline: k.Day(k.Terms.Deadline), Mark: k.Mark(),
	})
	if err != nil {
		return nil, err
	}
	return []collect.File{{Name: k.Words("call.title_page", nil) + ".html", Data: page}}, nil
}

// KitTexts writes the texts that come with the program to a new file, to be changed. Errors: Clash where there is one,
// Unavailable.
func (o Stage) KitTexts(path string, words paper.Words) error {
	if _, err := os.Lstat(path); err == nil {
		return judging.Fail(judging.Clash, "batch.folder_there", judging.Args{"Dir": filepath.Base(path)})
	}
	return records.WriteFile(path, func(w io.Writer) error {
		remark := words("call.texts_remark", judging.Args{"Fields": collect.TextFields()})
		return collect.WriteTexts(w, collect.DefaultTexts(words), remark)
	})
}

// Receipt is what a unit learns of what came from it.
type Receipt struct {
	Unit string `json:"unit"`
	Text string `json:"text"`
	File string `json:"file,omitempty"` // its name in the folder, where receipts are written
}

// ReceiptRequest asks for receipts.
type ReceiptRequest struct {
	Dir   string   // the folder to be made; "": only the texts
	Units []string // only these; none: all from which something came
	Texts string   // as of KitRequest
}

// Receipts says to units what came from them and what is still missing, as texts to be copied and, with a folder, as
// documents. Errors: NotFound for a unit from which nothing came, or where nothing came at all; as of WriteKit.
func (o Stage) Receipts(ctx context.Context, req ReceiptRequest, words paper.Words) ([]Receipt, error) {
	k, register, err := o.kit(ctx, req.Texts, words)
	if err != nil {
		return nil, err
	}
	b, err := o.Inbox(ctx)
	if err != nil {
		return nil, err
	}
	var units []UnitState
	for _, u := range b.Units {
		if u.State != Nothing && (len(req.Units) == 0 || slices.ContainsFunc(req.Units, func(name string) bool {
			listed, ok := register.Find(name)
			return judging.Fold(name) == judging.Fold(u.Unit) || ok && register.Now(listed) == u.Unit
		})) {
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return nil, judging.Fail(judging.NotFound, "call.no_receipts", nil)
	}
	slices.SortFunc(units, func(x, y UnitState) int { return strings.Compare(x.Unit, y.Unit) })
	return writeReceipts(k, units, req.Dir, words)
}

func writeReceipts(k *collect.Kit, units []UnitState, dir string, words paper.Words) ([]Receipt, error) {
	var folder *atomicfile.Folder
	if dir != "" {
		var err error
		if folder, err = sets.NewFolder(dir); err != nil {
			return nil, err
		}
		defer folder.Discard()
	}
	var out []Receipt
	var names text.NameBook
	for _, u := range units {
		r := received(u, words)
		one := Receipt{Unit: u.Unit, Text: k.ReceiptText(r)}
		if folder != nil {
			one.File = names.Take(u.Unit, ".docx")
			err := folder.WriteFile(one.File, 0o644, func(w io.Writer) error { return k.WriteReceipt(w, r) })
			if err != nil {
				return nil, store.Translate(dir, err)
			}
		}
		out = append(out, one)
	}
	if folder == nil {
		return out, nil
	}
	return out, store.Translate(dir, folder.Commit())
}

// received says in words what came from a unit.
func received(u UnitState, words paper.Words) collect.Received {
	r := collect.Received{Unit: u.asked(), Late: u.Late, Works: u.works}
	if !u.Last.IsZero() {
		r.Day = u.Last.Local().Format(time.DateOnly)
	}
	for _, q := range u.Over {
		r.Over = append(r.Over, q.Text(words))
	}
	titles := map[judging.WorkID]string{}
	for _, w := range u.works {
		titles[w.ID] = w.Title
	}
	for _, l := range u.Lacks {
		missing := collect.Missing{Said: words("call.lack_"+l.What, judging.Args{"N": l.N})}
		for _, id := range l.Works {
			missing.Titles = append(missing.Titles, titles[id])
		}
		r.Lacking = append(r.Lacking, missing)
	}
	return r
}

// Reminder is a message to a unit of which nothing came.
type Reminder struct {
	Unit string `json:"unit"`
	Text string `json:"text"`
}

// Reminders writes a message to each listed unit of which nothing came.
func (o Stage) Reminders(ctx context.Context, texts string, words paper.Words) ([]Reminder, error) {
	k, _, err := o.kit(ctx, texts, words)
	if err != nil {
		return nil, err
	}
	b, err := o.Inbox(ctx)
	out := []Reminder{}
	for _, u := range b.Units {
		if u.State == Nothing {
			text := k.ReminderText(u.asked())
			if u.Blank {
				text += words("call.reminder_blank", nil)
			}
			out = append(out, Reminder{u.Unit, text})
		}
	}
	return out, err
}

// known reads the inbox with its contest for a paper. Errors: NotFound where no unit is known.
func (o Stage) known(ctx context.Context) (c judging.Contest, b Inbox, err error) {
	if c, err = o.rec.Contest(ctx); err != nil {
		return c, b, err
	}
	if b, err = o.Inbox(ctx); err == nil && len(b.Units) == 0 {
		err = judging.Fail(judging.NotFound, "call.no_units", nil)
	}
	return c, b, err
}

// ReportUnits writes how far each unit is as a workbook for the leader, with whom to call, and on a second sheet the
// numbers of each group, and returns how many units these are.
// Errors: NotFound where no unit is known, Unavailable.
func (o Stage) ReportUnits(ctx context.Context, path string, words paper.Words) (int, error) {
	c, b, err := o.known(ctx)
	if err != nil {
		return 0, err
	}
	p := b.paper(c, words)
	return len(b.Units), records.WriteFile(path, func(w io.Writer) error {
		return paper.WritePapers(w, p.Title, []paper.Paper{p, b.groupPaper(c, words)}, words)
	})
}

// paper lays the units out.
func (b Inbox) paper(c judging.Contest, words paper.Words) paper.Paper {
	col := func(name string, least, most float64, across string) paper.PaperColumn {
		return paper.PaperColumn{Head: words("call.list_"+name, nil), Least: least, Most: most, Across: across}
	}
	p := paper.Paper{
		Name: words("call.list_name", nil), Title: words("call.list_title", judging.Args{"Contest": c.Title()}),
		Note: words("call.list_note", b.Args()),
		Columns: []paper.PaperColumn{
			col("unit", 16, 36, "left"), col("kind", 8, 12, ""), col("state", 10, 14, ""), col("works", 6, 8, ""),
			col("quota", 6, 8, ""), col("last", 12, 18, ""), col("lacks", 20, 44, "left"), col("contact", 10, 16, ""),
			col("phone", 14, 18, ""),
		},
	}
	for _, u := range b.Units {
		last, quota := "", any(nil)
		if !u.Last.IsZero() {
			last = u.Last.Local().Format("2006-01-02 15:04")
		}
		if u.Quota > 0 {
			quota = u.Quota
		}
		p.Rows = append(p.Rows, []any{
			u.Unit, u.Kind, u.StateText(words), u.Works, quota, last, u.LackText(words), u.Contact, u.Phone,
		})
	}
	return p
}

// Args are the numbers of an inbox, for a sentence about it.
func (b Inbox) Args() judging.Args {
	works := 0
	for _, u := range b.Units {
		works += u.Works
	}
	return judging.Args{
		"Units": len(b.Units), "Nothing": b.Count(Nothing), "Lacking": b.Count(Lacking), "Over": b.Count(Over),
		"Complete": b.Count(Complete), "Works": works, "Parcels": len(b.Parcels),
	}
}

// GroupText is what a chat group may read: how many have sent, and which units have not. It names no person.
func (b Inbox) GroupText(words paper.Words) string {
	var names []string
	for _, u := range b.Units {
		if u.State == Nothing {
			names = append(names, u.Unit)
		}
	}
	args := b.Args()
	args["Sent"], args["Names"] = len(b.Units)-len(names), strings.Join(names, "、")
	if len(names) == 0 {
		return words("call.group_all", args)
	}
	return words("call.group_missing", args)
}
