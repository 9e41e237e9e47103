package letters

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/letter"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/office/report"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/text"
)

// Request says which letters are written, and what stands in them.
type Request struct {
	Dir          string   // the folder to be made
	Units        []string // only these; none: all that sent something
	Comments     bool     // what judges wrote of the works, unnamed
	Places       bool     // the places of awarded works
	Certificates bool     // a parcel for each unit with an award: letter, certificates, their list
	Anyway       bool     // certificates although characters lack
}

// Letter is one that was written. Its counts add up to Sent.
type Letter struct {
	Unit         string `json:"unit"`
	File         string `json:"file"`
	Parcel       string `json:"parcel,omitempty"` // the zip
	Sent         int    `json:"sent"`
	Awarded      int    `json:"awarded"`
	Judged       int    `json:"judged"` // without an award
	Out          int    `json:"out"`    // returned, rejected, withdrawn, disqualified
	Certificates int    `json:"certificates"`
}

// Report says what was written.
type Report struct {
	Path    string           `json:"path"`
	Letters []Letter         `json:"letters"`
	Without []judging.WorkID `json:"without_unit"` // works that name no unit: nobody gets a letter

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"`
}

// WriteLetters writes a letter to each unit that sent works, into a new folder: what became of each of its works, what
// judges said of them where that is wanted, how it took part. With certificates each unit that won something gets a
// parcel besides. All of it is there, or nothing. Errors: Closed before the awards are final; *records.OpenError;
// NotFound for a unit that sent nothing, and where none did; as report.PrintCertificates; Clash for a folder that is
// there, Unavailable.
func (o Stage) WriteLetters(ctx context.Context, req Request, words paper.Words) (Report, error) {
	r := Report{Path: req.Dir, Letters: []Letter{}, Without: []judging.WorkID{}}
	all, err := o.gather(ctx, req.Comments, words)
	if err != nil {
		return r, err
	}
	r.State, r.Open, r.Without = all.state, all.open, append(r.Without, all.without...)
	if err := all.choose(req.Units); err != nil {
		return r, err
	}
	folder, err := sets.NewFolder(req.Dir)
	if err != nil {
		return r, err
	}
	defer folder.Discard()
	today := o.rec.Now()
	p := post{all: all, req: req, words: words, date: words("call.day", judging.Args{
		"Year": today.Year(), "Month": int(today.Month()), "Day": today.Day(),
	})}
	if req.Certificates && len(all.won) > 0 {
		c, err := report.Certify(ctx, o.rec, req.Anyway, words)
		if err != nil {
			return r, err
		}
		if c.Report.State != all.state {
			return r, judging.Fail(judging.Clash, "awards.changed_meanwhile", nil)
		}
		p.certificates = &c
	}
	var names text.NameBook
	for _, u := range all.units {
		one, err := p.send(folder, &names, u)
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return r, store.Translate(req.Dir, err)
		}
		r.Letters = append(r.Letters, one)
	}
	return r, store.Translate(req.Dir, folder.Commit())
}

// choose keeps the units that were asked for.
func (all *everything) choose(names []string) error {
	var out []unit
	for _, name := range names {
		i := slices.IndexFunc(all.units, func(u unit) bool { return judging.Fold(u.name) == judging.Fold(name) })
		if i < 0 {
			return judging.Fail(judging.NotFound, "letters.no_unit", judging.Args{"Unit": name})
		}
		out = append(out, all.units[i])
	}
	if len(names) > 0 {
		all.units = out
	}
	if len(all.units) == 0 {
		return judging.Fail(judging.NotFound, "letters.nobody", nil)
	}
	return nil
}

// post writes letters.
type post struct {
	all          everything
	req          Request
	words        paper.Words
	date         string
	certificates *report.Certificates
}

// send writes the letter to a unit, and its parcel.
func (p post) send(folder *atomicfile.Folder, names *text.NameBook, u unit) (Letter, error) {
	one := Letter{
		Unit: u.name, File: names.Take(u.name, ".docx"), Sent: len(u.works), Awarded: u.count(Awarded),
		Judged: u.count(Judged),
	}
	one.Out = one.Sent - one.Awarded - one.Judged
	part := p.part(u)
	if part != nil {
		one.Certificates = part.Len()
	}
	var said bytes.Buffer
	if err := letter.Write(&said, p.letter(u, one).In(p.words)); err != nil {
		return one, err
	}
	err := folder.WriteFile(one.File, 0o644, func(w io.Writer) error {
		_, err := w.Write(said.Bytes())
		return err
	})
	if err != nil || part == nil {
		return one, err
	}
	one.Parcel = names.Take(u.name, ".zip")
	return one, folder.WriteFile(one.Parcel, 0o644, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, f := range []struct {
			name  string
			write func(io.Writer) error
		}{
			{p.words("letters.file_letter", nil) + ".docx", func(w io.Writer) error {
				_, err := w.Write(said.Bytes())
				return err
			}},
			{p.words("letters.file_certificates", nil) + ".pdf", part.Write},
			{p.words("letters.file_list", nil) + ".xlsx", part.WriteList},
		} {
			to, err := z.Create(f.name)
			if err == nil {
				err = f.write(to)
			}
			if err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// part are the certificates of a unit: of its works, of itself, of its teachers; nil where it has none.
func (p post) part(u unit) *report.CertificatePart {
	if p.certificates == nil {
		return nil
	}
	works := map[judging.WorkID]bool{}
	for _, r := range u.works {
		works[r.work.ID] = true
	}
	part := p.certificates.Part(func(a awards.Award) bool {
		return a.Work != "" && works[a.Work] || a.Work == "" && slices.ContainsFunc(u.won, func(b awards.Award) bool {
			return a.Award == b.Award && a.Unit == b.Unit &&
				(len(b.Authors) == 0 && slices.Equal(a.Authors, []string{a.Unit}) || slices.Equal(a.Authors, b.Authors))
		})
	})
	if part.Len() == 0 {
		return nil
	}
	return &part
}

// letter lays the letter to a unit out.
func (p post) letter(u unit, one Letter) letter.Letter {
	l := letter.Letter{
		Title: p.words("letters.title", judging.Args{"Contest": p.all.contest.Title()}), To: u.name,
		From: p.all.contest.Host, Date: p.date,
	}
	say := func(key string, args judging.Args) { l.Body = append(l.Body, p.words("letters."+key, args)) }
	say("intro", judging.Args{"Contest": p.all.contest.Title()})
	say("counts", judging.Args{"Sent": one.Sent, "In": one.Awarded + one.Judged, "Out": one.Out,
		"Awarded": one.Awarded, "List": p.won(u)})
	for _, a := range u.won {
		key, who := "unit_prize", ""
		if len(a.Authors) > 0 {
			key, who = "teacher_prize", a.Authors[0]
		}
		say(key, judging.Args{"Prize": a.Award, "Teacher": who})
	}
	if one.Certificates > 0 {
		say("certificates", judging.Args{"N": one.Certificates})
	}
	say("thanks", nil)
	say("state", judging.Args{"State": p.all.state.Mark()})
	l.Tables = append(l.Tables, p.results(u))
	if t := p.said(u); len(t.Rows) > 0 {
		l.Tables = append(l.Tables, t)
	}
	for i := range l.Tables {
		l.Attachments = append(l.Attachments, l.Tables[i].Title)
		l.Tables[i].Mark = p.words("letters.attachment", judging.Args{"N": i + 1})
	}
	return l
}

// won lists the awards of a unit with their numbers, best first.
func (p post) won(u unit) string {
	var parts []string
	for _, a := range p.all.rules.Awards {
		n := 0
		for _, r := range u.works {
			if r.award.Award == a.Name {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, p.words("letters.won", judging.Args{"Award": a.Name, "N": n}))
		}
	}
	return strings.Join(parts, "、")
}

// results is the table of what became of each work.
func (p post) results(u unit) letter.Table {
	t := letter.Table{Title: p.words("letters.results", nil), Wide: []int{4, 7, 16, 7, 6, 10, 10}}
	keys := []string{"no", "code", "work", "category", "group", "authors", "result"}
	if p.req.Places {
		keys, t.Wide = append(keys, "place"), append(t.Wide, 6)
	}
	if p.all.scores != nil {
		keys, t.Wide = append(keys, "score"), append(t.Wide, 6)
	}
	for _, k := range keys {
		t.Head = append(t.Head, p.words("letters.head_"+k, nil))
	}
	for i, r := range u.works {
		became := r.award.Award
		if r.state != Awarded {
			became = p.words("letters.state_"+r.state, nil)
			if r.work.Reason != "" && r.state != Judged {
				became += p.words("letters.because", judging.Args{"Reason": r.work.Reason})
			}
		}
		became = strings.Join(append([]string{became}, r.also...), "、")
		row := []string{strconv.Itoa(i + 1), string(r.work.Code), r.work.Title, r.work.Category, r.work.Group,
			strings.Join(r.work.Authors, "、"), became}
		if p.req.Places {
			at := ""
			if r.state == Awarded && r.award.Place > 0 {
				at = strconv.Itoa(r.award.Place)
			}
			row = append(row, at)
		}
		if p.all.scores != nil {
			row = append(row, r.score)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// said is the table of what judges wrote.
func (p post) said(u unit) letter.Table {
	t := letter.Table{Title: p.words("letters.comments", nil), Wide: []int{4, 7, 14, 36}}
	for _, k := range []string{"no", "code", "work", "comment"} {
		t.Head = append(t.Head, p.words("letters.head_"+k, nil))
	}
	for _, r := range u.works {
		for _, s := range r.said {
			t.Rows = append(t.Rows, []string{strconv.Itoa(len(t.Rows) + 1), string(r.work.Code), r.work.Title, s})
		}
	}
	return t
}
