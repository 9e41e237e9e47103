package score

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/rowkind"
)

// VoteRow is one row of a list of votes: what names the work, and how many it has. Which work is meant, the caller
// decides.
type VoteRow struct {
	Name   string // a blind number, or a number of the sender's; "" where the list has none
	Title  string // "" where the list has none
	Votes  int
	Place  judging.Place
	Column string // letters of the column of votes
}

// VoteRows is a list of votes as it was read.
type VoteRows struct {
	Rows     []VoteRow
	Problems []judging.Problem // rows left out
	Sheets   ledger.Accounts   // what became of every row with text, of each sheet
}

// Spellings of heads of a list of votes, folded.
var (
	voteHeads = []string{
		"票数", "得票", "得票数", "投票数", "总票数", "总得票", "总得票数", "投票总数", "累计票数", "有效票", "有效票数", "网络票数",
		"观众票数", "大众票数", "点赞", "点赞数", "点赞量", "votes", "vote", "likes",
	}
	voteNumberHeads = []string{"作品号", "作品序号", "参赛编号", "参评编号", "投票编号", "no.", "number"}
	voteTitleHeads  = []string{"作品", "作品标题", "作品题目", "标题", "题目", "节目", "节目名称", "选手作品", "name", "work"}
)

// ReadVotes reads a list with a column of votes and one of numbers or titles, as csv or a workbook: what a platform
// counted. name is what the file is called in problems. A row whose votes are blank, no whole number or below 0 is a
// problem, and so is one that names no work. Errors: those of Open; Invalid when no sheet has such columns.
func ReadVotes(ctx context.Context, path, name string) (VoteRows, error) {
	b, err := read.Open(path, name, scoreLimits)
	if err != nil {
		return VoteRows{}, err
	}
	defer b.Close()
	var r votesReader
	lines := scoreReader{ctx: ctx, book: b}
	err = lines.eachLine(func(sheet string) {
		r.begin()
		r.place = judging.Place{File: name, Sheet: sheet}
		r.accounts.begin(name, sheet)
	}, func(l grid.Line) error {
		r.place.Row = l.Row
		r.accounts.row(l, r.line)
		return nil
	})
	if err == nil && !r.found {
		err = lines.fail("audience.no_columns", nil)
	}
	if err != nil {
		return VoteRows{}, err
	}
	r.out.Sheets, err = r.accounts.close(nil)
	return r.out, err
}

// votesReader reads the lines of one file.
type votesReader struct {
	name, title, votes int  // columns, -1 before a head was found
	open               bool // nothing stands at the right of the head of votes
	found              bool
	place              judging.Place
	out                VoteRows
	accounts           accounts
}

func (r *votesReader) begin() { r.name, r.title, r.votes = -1, -1, -1 }

// line reads one row that holds text and says what became of it.
func (r *votesReader) line(l grid.Line) answer {
	if r.head(l) {
		return answer{kind: ledger.Head}
	}
	if r.votes < 0 {
		return answer{kind: ledger.Title}
	}
	row := VoteRow{Place: r.place, Column: grid.ColumnLetters(r.votes)}
	row.Name, row.Title = judging.Tidy(textAt(l, r.name)), judging.Tidy(textAt(l, r.title))
	given := judging.Tidy(l.At(r.votes).Text) != "" || l.At(r.votes).Kind == grid.FormulaCell
	named := row.Name != "" || row.Title != ""
	sums := rowkind.Total.MatchString(judging.Fold(row.Name + row.Title))
	switch {
	case given && (!named || sums):
		if !named && slices.ContainsFunc(l.Cells[:min(r.votes, len(l.Cells))], isTotal) || sums {
			return answer{kind: ledger.Total}
		}
		return r.refuse("audience.row_without_work", nil)
	case !given && !named, !given && !r.besides(l):
		return answer{kind: ledger.Remark}
	}
	votes, fault := parseVotes(l.At(r.votes))
	if next := l.At(r.votes + 1).Text; r.open && threeDigits.MatchString(next) { // 1,234 where commas part the cells
		return r.refuse("audience.split", judging.Args{"Value": judging.Tidy(l.At(r.votes).Text + "," + next)})
	}
	if fault != "" {
		return r.refuse(fault, judging.Args{"Value": judging.Tidy(l.At(r.votes).Text)})
	}
	row.Votes = votes
	r.out.Rows = append(r.out.Rows, row)
	return answer{end: isTaken}
}

// besides reports whether a row without votes is one of the list, not a line of text below it: it has a blind number,
// or names a work in each column that could.
func (r *votesReader) besides(l grid.Line) bool {
	if _, coded := parseCode(textAt(l, r.name)); coded {
		return true
	}
	return (r.name < 0 || textAt(l, r.name) != "") && (r.title < 0 || textAt(l, r.title) != "")
}

func isTotal(c grid.Cell) bool { return rowkind.Total.MatchString(judging.Fold(c.Text)) }

func textAt(l grid.Line, col int) string {
	if col < 0 {
		return ""
	}
	return trimmed(l.At(col).Text)
}

// head takes l as the head of a list if it names votes and works.
func (r *votesReader) head(l grid.Line) bool {
	name, title, votes := -1, -1, -1
	for i, c := range l.Cells {
		text := trimmed(c.Text)
		switch {
		case votes < 0 && IsHead(voteHead(text), voteHeads):
			votes = i
		case name < 0 && IsHead(text, slices.Concat(CodeHeads[:2], []string{"workno.", "code"}, voteNumberHeads)):
			name = i
		case title < 0 && IsHead(text, slices.Concat(TitleHeads, voteTitleHeads)):
			title = i
		}
	}
	if votes < 0 || name < 0 && title < 0 {
		return false
	}
	r.name, r.title, r.votes, r.found = name, title, votes, true
	r.open = l.At(votes + 1).Blank()
	return true
}

var unitOfVotes = regexp.MustCompile(`\s*[(（](?:票|张|次|个|人次)[)）]$`)

// voteHead is a head without the unit in which it counts: 票数（票）.
func voteHead(text string) string { return unitOfVotes.ReplaceAllString(text, "") }

var (
	threeDigits  = regexp.MustCompile(`^\s*\d{3}\s*$`)
	wholeNumber  = regexp.MustCompile(`^\+?\d{1,10}$`)
	grouped      = regexp.MustCompile(`^\+?\d{1,3}(?:,\d{3})+$`)
	belowZero    = regexp.MustCompile(`^[-−－]\s*\d`)
	digitsApart  = regexp.MustCompile(`\d[\s\p{Zs}]+\d`)
	partOfNumber = regexp.MustCompile(`^\+?\d[\d,]*\.\d+$`)
)

// mostVotes bounds a count.
const mostVotes = 1_000_000_000

// parseVotes reads a count as platforms and people write it: 1,234 and 1234票 and 1234.0 are counts, 1.2万 is about one
// and none. It returns the key of what is wrong, or "".
func parseVotes(c grid.Cell) (votes int, fault string) {
	text := strings.NewReplacer("，", ",", "．", ".").Replace(judging.Fold(c.Count()))
	text = strings.TrimSpace(strings.TrimSuffix(text, "票"))
	switch {
	case text == "":
		return 0, "audience.no_count"
	case c.Kind == grid.DateCell, digitsApart.MatchString(c.Count()): // two counts in a cell are not one
		return 0, "audience.no_number"
	case belowZero.MatchString(text):
		return 0, "audience.below_zero"
	case partOfNumber.MatchString(text) && strings.Trim(text[strings.Index(text, ".")+1:], "0") != "":
		return 0, "audience.fraction"
	}
	whole, _, _ := strings.Cut(text, ".")
	if text != whole && !partOfNumber.MatchString(text) ||
		!wholeNumber.MatchString(whole) && !grouped.MatchString(whole) {
		return 0, "audience.no_number"
	}
	n, err := strconv.Atoi(strings.NewReplacer(",", "", "+", "").Replace(whole))
	if err != nil || n > mostVotes {
		return 0, "audience.no_number"
	}
	return n, ""
}

func (r *votesReader) refuse(key string, args judging.Args) answer {
	r.out.Problems = append(r.out.Problems, judging.Problem{
		Place: r.place, Column: grid.ColumnLetters(r.votes), Text: key, Args: args, Fatal: true,
	})
	return answer{end: isRefused}
}
