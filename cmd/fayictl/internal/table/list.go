package table

import (
	"bytes"
	"encoding/csv"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/assign"
)

// Spellings of the heads of the lists that table design and table pairs take, folded.
var (
	workHeads     = []string{"work", "作品", "作品编号"}
	judgeHeads    = []string{"judge", "评委", "评委编号"}
	categoryHeads = []string{"category", "类别"}
	leftHeads     = []string{"left", "左", "左边", "甲", "作品甲"}
	rightHeads    = []string{"right", "右", "右边", "乙", "作品乙"}
	betterHeads   = []string{"better", "更好", "胜者", "结果"}
)

// mostListBytes bounds a list: several million lines.
const mostListBytes = 128 << 20

// listRow is one row of a list.
type listRow struct {
	file  string
	row   int      // in the file, from 1
	cells []string // of the columns asked for; valid during the call
	cols  []int    // where they stand, from 0; -1 before the head
}

func (r listRow) fail(key string, args judging.Args) error {
	args["File"], args["Row"] = r.file, r.row
	return judging.Fail(judging.Invalid, key, args)
}

// number reads cell i as a number from 1 to most and returns it from 0.
func (r listRow) number(i, most int) (int, error) {
	n, err := strconv.Atoi(r.cells[i])
	if err != nil || n < 1 || n > most {
		return 0, r.fail("table.bad_number", judging.Args{"Column": string(rune('A' + r.cols[i])), "Most": most})
	}
	return n - 1, nil
}

// readPairs reads a list of works and judges of p by number.
func readPairs(path string, p *assign.Problem) (out []assign.Pair, err error) {
	err = readList(path, two(workHeads, judgeHeads), func(r listRow) error {
		w, err := r.number(0, p.Works)
		if err != nil {
			return err
		}
		j, err := r.number(1, p.Judges)
		out = append(out, assign.Pair{Work: w, Judge: j})
		return err
	})
	return out, err
}

// form is the columns of a list, by the spellings of their heads, and what is said of a file that has not got them.
type form struct {
	heads      [][]string
	unreadable func(file string) *judging.Error
}

// two is a list of two columns.
func two(first, second []string) form {
	return form{[][]string{first, second}, func(file string) *judging.Error {
		return judging.Fail(judging.Invalid, "table.list_unreadable",
			judging.Args{"File": file, "First": first[0], "Second": second[0]})
	}}
}

func (f form) missing(path string, cause error) error {
	return f.unreadable(filepath.Base(path)).Because(cause)
}

// readList reads a csv, UTF-8 or GB18030, by the heads of its columns, and calls take for each row; blank rows are
// passed over.
func readList(path string, f form, take func(listRow) error) error {
	text, err := readText(path, f)
	if err != nil {
		return err
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord, in.ReuseRecord = -1, true
	r := listRow{file: filepath.Base(path), cells: make([]string, len(f.heads))}
	for {
		record, err := in.Read()
		if err == io.EOF && r.cols != nil {
			return nil
		}
		if err != nil {
			return f.missing(path, err)
		}
		r.row, _ = in.FieldPos(0)
		if r.cols == nil {
			for _, h := range f.heads {
				r.cols = append(r.cols, headAt(record, h))
			}
			if slices.Contains(r.cols, -1) {
				return f.missing(path, nil)
			}
			continue
		}
		for i, col := range r.cols {
			r.cells[i] = ""
			if col < len(record) {
				r.cells[i] = judging.Tidy(record[col])
			}
		}
		if strings.Join(r.cells, "") == "" {
			continue
		}
		if slices.Contains(r.cells, "") {
			return r.fail("table.half_row", judging.Args{})
		}
		if err := take(r); err != nil {
			return err
		}
	}
}

func headAt(record, heads []string) int {
	return slices.IndexFunc(record[:min(len(record), 26)], func(c string) bool {
		return slices.Contains(heads, judging.Fold(c))
	})
}

// readText reads a small text file as UTF-8.
func readText(path string, want form) ([]byte, error) {
	f, err := command.OpenInput(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostListBytes+1))
	if err != nil || len(text) > mostListBytes {
		return nil, want.missing(path, err)
	}
	if !utf8.Valid(text) {
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text); err != nil {
			return nil, err
		}
	}
	return bytes.TrimPrefix(text, []byte("\uFEFF")), nil
}
