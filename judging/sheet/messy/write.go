package messy

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Forms are the ways in which a book is stored.
var Forms = []string{"xlsx", "xlsx", "xlsx", "xls", "ods", "web", "mht", "csv", "gbk", "fullwidth", "tabs"}

// flat are the forms that keep texts only.
var flat = []string{"csv", "gbk", "fullwidth", "tabs"}

// ends are the ends of their files' names.
var ends = map[string]string{
	"xlsx": "xlsx", "xls": "xls", "ods": "ods", "web": "xls", "mht": "mht", "csv": "csv", "gbk": "csv",
	"fullwidth": "csv", "tabs": "txt",
}

// Write stores the book in a folder, under its own name, and returns the path.
func (b *Book) Write(dir string) (string, error) { return b.WriteAs(dir, b.Form) }

// WriteAs stores the book in another of the Forms; what the form does not keep is lost.
func (b *Book) WriteAs(dir, form string) (string, error) {
	name := strings.TrimSuffix(b.Name, filepath.Ext(b.Name)) + "." + ends[form]
	path := filepath.Join(dir, name)
	var data []byte
	var err error
	switch form {
	case "xlsx":
		data, err = b.xlsx()
	case "xls":
		data = b.biff()
	case "ods":
		data, err = b.ods()
	case "web":
		data = []byte(b.web())
	case "mht":
		data = b.mht()
	case "csv":
		data, err = b.csv()
	case "gbk":
		if data, err = b.csv(); err == nil {
			data, err = simplifiedchinese.GB18030.NewEncoder().Bytes(data)
		}
	case "fullwidth":
		data = []byte(b.fullWidth())
	case "tabs":
		data = []byte(b.tabs())
	default:
		err = fmt.Errorf("no form %q", form)
	}
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, data, 0o600)
}

// lines are the texts of the first sheet, all rows of one width.
func (b *Book) lines() [][]string {
	g := b.Sheets[0].grid
	out := make([][]string, len(g.rows))
	for i, r := range g.rows {
		out[i] = make([]string, g.width())
		for j, c := range r {
			out[i][j] = c.text
		}
	}
	return out
}

func (b *Book) csv() ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll(b.lines()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// fullWidth writes commas of Chinese width; what holds one, a quote or a line end is quoted.
func (b *Book) fullWidth() string {
	var out strings.Builder
	for _, r := range b.lines() {
		for i, s := range r {
			if strings.ContainsAny(s, "，\"\n") {
				r[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
			}
		}
		out.WriteString(strings.Join(r, "，") + "\r\n")
	}
	return out.String()
}

// tabs writes what a sheet copied to an editor looks like.
func (b *Book) tabs() string {
	var out strings.Builder
	for _, r := range b.lines() {
		for i, s := range r {
			if strings.ContainsAny(s, "\t\"\n") {
				r[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
			}
		}
		out.WriteString(strings.Join(r, "\t") + "\r\n")
	}
	return out.String()
}
