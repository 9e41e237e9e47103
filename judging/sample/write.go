package sample

import (
	"os"
	"path/filepath"
	"strings"

	"fayi/judging"
)

// Summary counts what the sample holds. Bringing in 来稿 gives Works accepted; of the other rows Rejected are wrong
// and DuplicateRows bring a work again, in other words or with more columns.
type Summary struct {
	Works         int
	Rejected      int            // 2 without a title, 2 of an unknown category
	DuplicateRows int            // all in other workbooks than the first
	OddPhones     int            // works whose phone is no number, or 同上 for the one above
	Categories    map[string]int // works of each
	Judges        int
	Books         int   // workbooks, one of them in an archive
	Files         int   // media, of them Nameless
	Nameless      int   // media whose name and folder say nothing of their work
	Bytes         int64 // all that was written
}

// Write makes the sample of a seed below dir: the workbooks in 来稿, the media in 作品, the judges in 评委.xlsx. Files
// that are there already are replaced. Errors: Unavailable "media.unwritable" when dir can't be written.
func Write(dir string, seed uint64) (Summary, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Summary{}, unwritable(err)
	}
	c, err := invent(seed)
	if err != nil {
		return Summary{}, err
	}
	files, err := c.files()
	if err != nil {
		return Summary{}, err
	}
	for _, f := range files {
		if err := put(dir, f); err != nil {
			return Summary{}, unwritable(err)
		}
	}
	return c.summary(files), nil
}

func unwritable(err error) error {
	return judging.Fail(judging.Unavailable, "media.unwritable", nil).Because(err)
}

func put(dir string, f file) error {
	at := filepath.Join(dir, filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, f.data, 0o644)
}

// files makes all that is written, in the order of writing.
func (c *contest) files() ([]file, error) {
	out, err := c.workbooks()
	if err != nil {
		return nil, err
	}
	judges, err := workbook(c.judgeBook())
	if err != nil {
		return nil, err
	}
	out = append(out, file{"评委.xlsx", judges})
	for _, w := range c.works {
		if w.book == "vocational" {
			continue // in their archive
		}
		for _, m := range c.media(w) {
			out = append(out, file{"作品/" + m.path, m.data})
		}
	}
	return out, nil
}

func (c *contest) summary(files []file) Summary {
	s := Summary{
		Works:         len(c.works),
		Rejected:      rejected,
		DuplicateRows: townshipRepeats + len(lateRepeats),
		OddPhones:     3,
		Categories:    map[string]int{},
		Judges:        len(c.judges),
	}
	for _, w := range c.works {
		s.Categories[w.category]++
		if c.isNameless(w) {
			s.Nameless++
		}
	}
	s.Files = len(c.books["vocational"])
	s.Books = 10
	for _, f := range files {
		s.Bytes += int64(len(f.data))
		if strings.HasPrefix(f.path, "作品/") {
			s.Files++
		}
	}
	return s
}
