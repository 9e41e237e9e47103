package review

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// OpenNeed is a file, or a title, that somebody should still look at before judges do.
type OpenNeed struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	File  int              `json:"file"` // from 1; 0 for the title
	Needs []Need           `json:"needs"`
}

// OpenNeeds lists what still needs an eye before judges see it: for gates that ask before something is published.
// Errors: those of the store.
func (o Stage) OpenNeeds(ctx context.Context) ([]OpenNeed, error) {
	list, err := o.BlindnessReport(ctx)
	out := []OpenNeed{}
	for _, s := range list {
		if len(s.TitleNames) > 0 && !s.TitleLooked {
			out = append(out, OpenNeed{s.Work, s.Code, 0, []Need{NeedNames}})
		}
		for _, f := range s.Files {
			if f.Open() {
				out = append(out, OpenNeed{s.Work, s.Code, f.N, f.Needs})
			}
		}
	}
	return out, err
}

// CopiesWritten says what WriteCopies did.
type CopiesWritten struct {
	Written int        `json:"written"`
	Closed  []OpenNeed `json:"closed"` // files that judges can't open
}

// WriteCopies writes all that judges can open into a folder that is made for it, so that somebody can look through it
// with any program. Files are called by code and number. Errors: Conflict when the folder is there and not empty;
// Unavailable; ctx.Err().
func (o Stage) WriteCopies(ctx context.Context, dir string, progress func(done, total int)) (CopiesWritten, error) {
	r := CopiesWritten{Closed: []OpenNeed{}}
	list, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		return records.AllWorks(tx, records.Accepted)
	})
	if err != nil {
		return r, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return r, store.Translate(dir, err)
	}
	if there, err := os.ReadDir(dir); err != nil || len(there) > 0 {
		if err == nil {
			err = os.ErrExist
		}
		return r, store.Translate(dir, err)
	}
	for i, w := range list {
		for n := range w.Judged() {
			err := o.writeCopy(ctx, dir, w, n)
			switch {
			case judging.CodeOf(err) == judging.Closed:
				r.Closed = append(r.Closed, OpenNeed{w.ID, w.Code, n + 1, []Need{NeedClean}})
			case err != nil:
				return r, err
			default:
				r.Written++
			}
		}
		if progress != nil {
			progress(i+1, len(list))
		}
	}
	return r, nil
}

func (o Stage) writeCopy(ctx context.Context, dir string, w judging.Work, n int) error {
	in, err := JudgeFile(ctx, o.rec, w, n, 0)
	if err != nil {
		return err
	}
	defer in.Close()
	head := make([]byte, filetype.HeadSize)
	k, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return store.Translate(dir, err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return store.Translate(dir, err)
	}
	ext := filetype.Of(head[:k], "").Ext
	return records.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d%s", w.Code, n+1, ext)), func(out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	})
}

// CopySums lists the sums of all copies that judges may be given, for a check of the contest's files.
func CopySums(tx store.Tx) ([]string, error) {
	return CopySumsOf(tx, func(string) bool { return true })
}

// CopySumsOf lists the sums of those copies whose files, by their sums, are wanted.
func CopySumsOf(tx store.Tx, wanted func(sum string) bool) ([]string, error) {
	seen := map[string]bool{}
	var out []string
	err := blindCopies.Each(tx, func(c blindCopy) error {
		if c.Sum != "" && !seen[c.Sum] && wanted(c.Of) {
			seen[c.Sum] = true
			out = append(out, c.Sum)
		}
		return nil
	})
	return out, err
}
