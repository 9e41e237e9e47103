package collecting

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
	"fayi/judging/sheet/score"
	"fayi/judging/store"
)

// job is a collection on its way in: what was read, and what is reported of it.
type job struct {
	files  []*sheetFile
	groups []rowGroup
	at     map[string]int // judge and code -> index of the group
	opt    Options
}

// sheetFile is one file of a collection.
type sheetFile struct {
	path   string
	reply  *packets.Reply // of a packet; nil for a sheet
	read   Report
	report Report // read, with what became of the rows
}

func (j *job) reports() []Report {
	out := []Report{}
	for _, f := range j.files {
		out = append(out, f.report)
	}
	return out
}

// names lists the files that could be read.
func (j *job) names() []string {
	out := []string{}
	for _, f := range j.files {
		if f.read.Err == nil {
			out = append(out, f.read.File)
		}
	}
	return out
}

// clear forgets what became of the rows: a transaction may run twice.
func (j *job) clear() {
	for _, f := range j.files {
		f.report = f.read
		f.report.Problems = slices.Clone(f.read.Problems)
		f.report.Sheets = f.read.Sheets.Clone()
	}
}

// addsUp fails where a row of a file that was read is not accounted for. It is asked before anything is written, since
// a collection is weighed first.
func (j *job) addsUp() error {
	for _, f := range j.files {
		if err := f.report.Sheets.Check(); err != nil {
			return err
		}
	}
	return nil
}

// readAll reads the files. Errors: Invalid for an answer that is not one, those of the store; what is wrong with a file
// is in its report.
func (o Stage) readAll(ctx context.Context, paths []string, opt Options) (*job, error) {
	j := &job{opt: opt, at: map[string]int{}}
	for _, take := range opt.TakeOf {
		if err := take.Check(); err != nil {
			return j, err
		}
	}
	if err := opt.Take.Check(); err != nil {
		return j, err
	}
	works, err := records.View(ctx, o.rec.DB, loadCodes)
	if err != nil {
		return j, err
	}
	duties := map[judging.JudgeID]*scoring.Duty{}
	for _, path := range paths {
		f := &sheetFile{path: path, read: newReport(filepath.Base(path))}
		j.files = append(j.files, f)
		if err := o.readFile(ctx, j, f, works, duties); err != nil {
			if ctx.Err() != nil {
				return j, ctx.Err()
			}
			f.read.refuse(err)
		}
		f.report = f.read
	}
	return j, nil
}

func (o Stage) readFile(
	ctx context.Context, j *job, f *sheetFile, works codes, duties map[judging.JudgeID]*scoring.Duty,
) error {
	if ext := strings.ToLower(filepath.Ext(f.path)); ext == packet.ReplyEnding || ext == packet.Ending {
		r, err := packets.ReadReply(ctx, o.rec, f.path, j.opt.Take)
		if err != nil {
			return err
		}
		f.reply = &r
		f.read.Judge, f.read.Name, f.read.Read = r.Judge, r.Name(), len(r.Works)
		return nil
	}
	filled, problems, err := score.ReadScoreSheetBy(ctx, f.path, f.read.File, works.rubricOf)
	if err != nil {
		return err
	}
	f.read.Judge = filled.Judge
	d, known := duties[filled.Judge]
	if !known {
		in, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (scoring.Duty, error) {
			return scoring.LoadDuty(tx, filled.Judge)
		})
		if err != nil {
			return err
		}
		d = &in
		duties[filled.Judge] = d
	}
	if err := belongs(*d, filled.SheetIdentity, f.read.File); err != nil {
		return err
	}
	f.read.Name = d.Judge.Name
	f.read.Problems, f.read.Sheets = append(f.read.Problems, problems...), filled.Sheets
	j.addRows(f, d, filled, works.before)
	return nil
}

// belongs refuses a sheet that was made for something else.
func belongs(in scoring.Duty, id score.SheetIdentity, name string) error {
	args := judging.Args{"File": name, "Sheet": string(id.Plan), "Plan": in.Plan.Version}
	switch {
	case id.Contest != in.Contest.ID:
		return judging.Fail(judging.Clash, "scores.other_contest", args)
	case id.Round != in.Plan.Round || id.Plan != in.Plan.Version && !slices.Contains(in.Plan.Before, id.Plan):
		return judging.Fail(judging.Clash, "scores.other_plan", args)
	case len(in.Works) == 0:
		return judging.Fail(judging.Clash, "scores.no_duty", args)
	}
	return nil
}

// codes tells works by their codes.
type codes struct {
	rules  judging.Rules
	works  map[judging.WorkCode]judging.Work
	before map[judging.WorkCode][]string // titles that corrections have put right since
}

func loadCodes(tx store.Tx) (codes, error) {
	out := codes{works: map[judging.WorkCode]judging.Work{}, before: map[judging.WorkCode][]string{}}
	c, err := records.LoadContest(tx)
	if err != nil {
		return out, err
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return out, err
	}
	out.rules = rules.In(c.Round)
	all, err := records.AllWorks(tx, nil)
	codeOf := map[judging.WorkID]judging.WorkCode{}
	for _, w := range all {
		out.works[w.Code], codeOf[w.ID] = w, w.Code
	}
	if err != nil {
		return out, err
	}
	return out, revisions.Table.Each(tx, func(r judging.Revision) error {
		for _, c := range r.Changes {
			if code := codeOf[r.Work]; code != "" && c.Field == "title" {
				out.before[code] = append(out.before[code], c.Old)
			}
		}
		return nil
	})
}

func (c codes) rubricOf(code judging.WorkCode) (string, judging.Rubric, bool) {
	w, known := c.works[code]
	return w.Category, c.rules.RubricOf(w.Category), known
}

// addRows puts the rows of a sheet to what other files say of the same works. A row whose title is that of another
// work is left out: cells were sorted without their neighbours, and the marks may be anybody's.
func (j *job) addRows(
	f *sheetFile, d *scoring.Duty, filled score.FilledSheet, before map[judging.WorkCode][]string,
) {
	f.read.Blank = true
	for _, b := range filled.Ballots {
		says := b.Ballot
		if says.Blank() {
			continue
		}
		f.read.Blank = false
		base, written := filled.Bases[b.Code]
		w, err := d.Find(b.Code)
		if title := w.Blind().Title; err == nil && !titleAgrees(b.Title, title, base, written, before[b.Code]) {
			args := judging.Args{"Work": b.Code, "Sheet": b.Title, "Title": title}
			p := judging.Problem{Place: b.Place, Text: "scores.title_differs", Args: args, Fatal: true}
			f.read.Problems = append(f.read.Problems, p)
			f.read.Sheets.Refuse(b.Place.File, b.Place.Sheet)
			continue
		}
		in := scoring.Incoming{Ballot: says, Source: judging.Sheet, File: f.read.File, Take: j.opt.Take}
		if take, named := j.opt.TakeOf[b.Code]; named {
			in.Take = take
		}
		in.Base = base.Base
		in.Mark = in.ContentMark(
			string(d.Contest.ID),
			judging.Serial("r", 2, int(d.Plan.Round)),
			string(d.Judge.ID),
			string(judging.Sheet),
		)
		j.add(d, collectRow{in, f, b.Place, b.Columns})
	}
	for _, w := range d.Works {
		if !filled.Seen[w.Code] {
			f.read.Missing = append(f.read.Missing, w.Code)
		}
	}
}

// titleAgrees reports whether the title in a row is the work's, as it is now or was when the sheet was written; of a
// sheet that does not say what it was then, any title that the work has had. A sheet without titles says nothing of
// them.
func titleAgrees(row, now string, base score.RowBase, written bool, before []string) bool {
	switch {
	case row == "" || judging.Fold(row) == judging.Fold(now):
		return true
	case written:
		return score.TitleHash(row) == base.Title
	}
	return slices.ContainsFunc(before, func(old string) bool { return judging.Fold(old) == judging.Fold(row) })
}

func (j *job) add(d *scoring.Duty, row collectRow) {
	key := string(d.Judge.ID) + "/" + string(row.Code)
	i, seen := j.at[key]
	if !seen {
		i = len(j.groups)
		j.at[key] = i
		j.groups = append(j.groups, rowGroup{duty: d})
	}
	j.groups[i].rows = append(j.groups[i].rows, row)
}

// previewReplies weighs the replies without writing.
func (j *job) previewReplies(tx store.Tx, news *bool) error {
	for _, f := range j.files {
		if f.reply == nil {
			continue
		}
		rep, some, err := f.reply.Preview(tx)
		if err != nil {
			return err
		}
		*news = *news || some
		f.addReply(rep)
	}
	return nil
}

// takeReplies merges the replies.
func (o Stage) takeReplies(ctx context.Context, j *job, id string) error {
	for _, f := range j.files {
		if f.reply == nil {
			continue
		}
		rep, err := f.reply.Take(ctx, o.rec, id)
		if err != nil {
			return err
		}
		f.addReply(rep)
	}
	return nil
}

// addReply takes over what a reply brought; what was refused is a problem.
func (f *sheetFile) addReply(rep packets.ReplyReport) {
	r := &f.report
	r.Changed, r.Clashes = append(r.Changed, rep.Changed...), append(r.Clashes, rep.Clashes...)
	r.Submitted = rep.Submitted
	for _, code := range rep.Unseen {
		r.Problems = append(r.Problems, judging.Problem{
			Place: judging.Place{File: r.File}, Text: "packet.unseen_one", Args: judging.Args{"Work": code},
		})
	}
	for _, x := range rep.Refused {
		r.Problems = append(
			r.Problems,
			judging.Problem{Place: judging.Place{File: r.File}, Text: x.Text, Args: x.Args, Fatal: true},
		)
	}
}
