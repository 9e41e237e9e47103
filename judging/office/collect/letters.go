package collect

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/filetype"
	"fayi/judging/mail"
	"fayi/judging/media/archive"
	"fayi/judging/office/internal/records"
	"fayi/judging/parcel"
	"fayi/judging/sheet/formkey"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
	"fayi/judging/store"
	"fayi/judging/text"
)

// MostLetters is how many letters are looked at in one go; the next go looks at the others.
const MostLetters = 2000

// Mailbox is how far a mailbox was looked at. There is one for each account and folder.
type Mailbox struct {
	mail.Account
	Dir      string    `json:"dir"`      // into which attachments were saved last
	Validity uint32    `json:"validity"` // under which Last is what it is
	Last     uint32    `json:"last"`     // the UID of the last letter looked at
	At       time.Time `json:"at"`
}

var mailboxes = store.NewTable("mailbox", 1, func(m *Mailbox) string {
	return records.KeyHash(strings.Join([]string{m.Host, m.User, m.Folder}, "\x00"))
})

// Mailboxes lists the mailboxes that were looked at. No password is kept.
func (o Stage) Mailboxes(ctx context.Context) ([]Mailbox, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Mailbox, error) { return mailboxes.List(tx, "") })
}

// MailRequest says which mailbox is looked at.
type MailRequest struct {
	Account  mail.Account
	Password string
	Dir      string    // the folder into which attachments are saved, which is to be watched
	Since    time.Time // letters that arrived before this day are not looked at; zero: 90 days ago
	Again    bool      // look also at letters that were looked at before
}

// What became of a letter with attachments.
const (
	LetterSaved    = "saved"    // its attachments were saved
	LetterKnown    = "known"    // they were saved, taken in or laid aside before
	LetterForeign  = "foreign"  // nothing in it says that it belongs to this contest
	LetterLarge    = "large"    // it is larger than the limit
	LetterUnusable = "unusable" // none of its attachments can be used
)

// LetterReport says what became of one letter.
type LetterReport struct {
	Subject  string      `json:"subject"`
	From     string      `json:"from"`
	Received time.Time   `json:"received"`
	State    string      `json:"state"`
	Folder   string      `json:"folder,omitempty"` // its name in the folder that is watched
	Files    int         `json:"files,omitempty"`
	Left     []mail.Left `json:"left,omitempty"` // attachments that were not saved
}

// MailReport says what became of the letters.
type MailReport struct {
	Letters []LetterReport `json:"letters"` // those with attachments, oldest first
	Plain   int            `json:"plain"`   // letters without attachments
	More    int            `json:"more"`    // letters that the next go looks at
}

// Count counts the letters of a state.
func (r MailReport) Count(state string) int {
	n := 0
	for _, l := range r.Letters {
		if l.State == state {
			n++
		}
	}
	return n
}

// FetchMail looks at the letters of a mailbox that it has not looked at and saves the attachments of those that belong
// to the contest: whose subject names it, or in which a registration workbook or a parcel made for it lies. Each is a
// folder in req.Dir then, to be looked at and taken by the organiser; nothing is imported. The mailbox stays as it is.
// What was saved is noted letter by letter: after a line that breaks the next look goes on there. Errors: as of
// mail.Open, NotFound for a folder that is not there.
func (o Stage) FetchMail(
	ctx context.Context, req MailRequest, progress func(done, total int),
) (MailReport, error) {
	report := MailReport{Letters: []LetterReport{}}
	if info, err := os.Stat(req.Dir); err != nil || !info.IsDir() {
		args := judging.Args{"Dir": filepath.Base(req.Dir)}
		return report, judging.Fail(judging.NotFound, "arrival.no_folder", args).Because(err)
	}
	f := fetching{o: o, req: req}
	if err := f.begin(ctx); err != nil {
		return report, err
	}
	box, err := mail.Open(ctx, req.Account, req.Password)
	if err != nil {
		return report, err
	}
	defer box.Close()
	if f.box.Validity != box.Validity() || req.Again {
		f.box.Validity, f.box.Last = box.Validity(), 0
	}
	if req.Since.IsZero() {
		req.Since = o.rec.Now().AddDate(0, 0, -90)
	}
	letters, more, err := box.List(f.box.Last, req.Since, MostLetters)
	if err != nil {
		return report, err
	}
	report.More = more
	for i, l := range letters {
		if progress != nil {
			progress(i, len(letters))
		}
		if !l.Attaches {
			report.Plain++
		} else if err := f.letter(ctx, box, l, &report); err != nil {
			return report, err
		}
		f.box.Last = l.UID
		if n := len(report.Letters); n > 0 && report.Letters[n-1].State == LetterSaved && i < len(letters)-1 {
			if err := f.note(ctx, report); err != nil {
				return report, err
			}
		}
	}
	if len(letters) == 0 {
		return report, nil
	}
	return report, f.note(ctx, report)
}

// fetching is one look at a mailbox.
type fetching struct {
	o       Stage
	req     MailRequest
	box     Mailbox
	contest judging.Contest
	known   map[string]bool // sums of what was saved, taken or laid aside
}

func (f *fetching) begin(ctx context.Context) error {
	f.known = map[string]bool{}
	found, err := os.ReadDir(f.req.Dir)
	if err != nil {
		return judging.Fail(judging.Unavailable, "arrival.no_folder", judging.Args{
			"Dir": filepath.Base(f.req.Dir),
		}).Because(err)
	}
	for _, d := range found {
		if d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			sum, err := arrival.Sum(ctx, []string{filepath.Join(f.req.Dir, d.Name())})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err == nil {
				f.known[sum] = true
			}
		}
	}
	return f.o.rec.DB.View(ctx, func(tx store.Tx) error {
		var err error
		if f.contest, err = records.LoadContest(tx); err != nil {
			return err
		}
		f.box = Mailbox{Account: f.req.Account}
		err = mailboxes.Each(tx, func(m Mailbox) error {
			if m.Host == f.box.Host && m.User == f.box.User && m.Folder == f.box.Folder {
				f.box.Validity, f.box.Last = m.Validity, m.Last
			}
			return nil
		})
		if err != nil {
			return err
		}
		f.box.Dir = f.req.Dir
		had, err := arrived(tx, func(InboxParcel) bool { return true })
		for _, p := range had {
			f.known[p.Sum] = true
		}
		return records.FirstError(err, asides.Each(tx, func(a Aside) error {
			f.known[a.Sum] = true
			return nil
		}))
	})
}

// letter saves the attachments of one letter, if it belongs to the contest.
func (f *fetching) letter(ctx context.Context, box *mail.Box, l mail.Letter, report *MailReport) error {
	one := LetterReport{Subject: l.Subject, From: l.Name, Received: l.Received.UTC()}
	if l.Bytes > mail.Usual.Bytes {
		one.State = LetterLarge
		report.Letters = append(report.Letters, one)
		return nil
	}
	temp, err := os.MkdirTemp(f.req.Dir, ".fayi-")
	if err != nil {
		return store.Translate(f.req.Dir, err)
	}
	defer os.RemoveAll(temp)
	var files []string
	err = box.Letter(l.UID, func(r io.Reader) error {
		_, one.Left, err = mail.Read(r, mail.Usual, func(name string, data io.Reader) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := atomicfile.Write(filepath.Join(temp, name), 0o644, func(w io.Writer) error {
				_, err := io.Copy(w, data)
				return err
			})
			if err == nil {
				files = append(files, name)
			}
			return err
		})
		return err
	})
	switch {
	case errors.Is(err, mail.ErrLarge):
		one.State = LetterLarge
	case judging.CodeOf(err) == judging.NotFound: // somebody deleted it meanwhile
		return nil
	case err != nil:
		return store.Translate(f.req.Dir, err)
	case len(files) == 0 && len(one.Left) == 0:
		report.Plain++
		return nil
	default:
		err = f.file(ctx, temp, files, l, &one)
	}
	report.Letters = append(report.Letters, one)
	return err
}

// file puts what was saved where the organiser sees it.
func (f *fetching) file(ctx context.Context, temp string, files []string, l mail.Letter, one *LetterReport) error {
	one.Files = len(files)
	if !f.belongs(ctx, temp, files, l.Subject) {
		one.State = LetterForeign
		return nil
	}
	if len(files) == 0 {
		one.State = LetterUnusable
		return nil
	}
	sum, err := arrival.Sum(ctx, []string{temp})
	if err != nil {
		return err
	}
	if f.known[sum] {
		one.State = LetterKnown
		return nil
	}
	var names text.NameBook
	stem := l.Received.Local().Format(time.DateOnly) + " " + l.Name + " " + l.Subject
	for {
		one.Folder = names.Take(stem, "")
		if _, err := os.Lstat(filepath.Join(f.req.Dir, one.Folder)); err != nil {
			break
		}
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return store.Translate(f.req.Dir, err)
	}
	if err := os.Rename(temp, filepath.Join(f.req.Dir, one.Folder)); err != nil {
		return store.Translate(f.req.Dir, err)
	}
	one.State, f.known[sum] = LetterSaved, true
	return nil
}

// belongs reports whether a letter is about the contest: its subject names it, or a file in it was made for it.
func (f *fetching) belongs(ctx context.Context, dir string, files []string, subject string) bool {
	subject = judging.Fold(subject)
	for _, name := range []string{f.contest.Name, f.contest.Title()} {
		if name = judging.Fold(name); name != "" && strings.Contains(subject, name) {
			return true
		}
	}
	temp, err := os.MkdirTemp("", "fayi-letter-*")
	if err != nil {
		return false
	}
	defer os.RemoveAll(temp)
	return slices.ContainsFunc(files, func(name string) bool {
		return madeFor(ctx, f.contest, filepath.Join(dir, name), temp)
	})
}

// mostBooks is how many workbooks of an archive are looked into.
const mostBooks = 50

// madeFor reports whether a file is, or an archive holds, a registration workbook or a parcel made for a contest.
func madeFor(ctx context.Context, c judging.Contest, path, temp string) bool {
	tree, err := archive.Open(ctx, path, archive.Usual)
	if err != nil {
		return false
	}
	defer tree.Close()
	books := 0
	for _, e := range tree.Entries {
		if parcel.MadeFor(e, c) {
			return true
		}
		if !slices.Contains(filetype.TableEndings, strings.ToLower(filepath.Ext(e.Name))) {
			continue
		}
		if books++; books > mostBooks {
			break
		}
		at := e.Local
		if at == "" {
			if at, err = archive.Spool(ctx, e, temp); err != nil {
				continue
			}
		}
		if bookFor(ctx, c, at) {
			return true
		}
	}
	return false
}

// bookFor reports whether a workbook is a registration workbook of a contest: its hidden row stands near its top.
func bookFor(ctx context.Context, c judging.Contest, path string) bool {
	book, err := read.Open(path, filepath.Base(path), grid.Limits{})
	if err != nil {
		return false
	}
	defer book.Close()
	made := false
	for sheet := range book.Infos() {
		seen := 0
		_ = book.Rows(sheet, nil, func(l grid.Line) error { // what can't be read was not made for it
			key, is := formkey.Read(l)
			made = made || is && key.Contest == string(c.ID)
			if seen++; made || seen > 20 {
				return io.EOF
			}
			return ctx.Err()
		})
	}
	return made
}

// note keeps how far the mailbox was looked at. The journal has numbers only.
func (f *fetching) note(ctx context.Context, r MailReport) error {
	f.box.At = f.o.rec.Now().UTC()
	type counts struct {
		Saved   int `json:"saved"`
		Known   int `json:"known"`
		Foreign int `json:"foreign"`
	}
	return f.o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		return records.FirstError(mailboxes.Put(tx, f.box), f.o.rec.Log(tx, "collect.mail", "", nil, counts{
			r.Count(LetterSaved), r.Count(LetterKnown), r.Count(LetterForeign),
		}))
	})
}
