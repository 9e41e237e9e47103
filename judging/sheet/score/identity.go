package score

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
)

// SheetFormat is the newest version of the score sheet's layout that this program reads, in which a criterion need not
// apply. Sheets without one are written in FlagsFormat where flags veto and else in PlainFormat, which older programs
// read, too: they would not see what is more.
const (
	SheetFormat = 3
	FlagsFormat = 2
	PlainFormat = 1
)

// SheetIdentity says whose score sheet a file is. Contest, Judge, Round and Plan must all be those of the desk that
// takes it back.
type SheetIdentity struct {
	Contest   judging.ContestID
	Judge     judging.JudgeID
	Round     judging.Round
	Plan      string // version of the plan
	TotalOnly bool   // a total without marks was allowed when the sheet was written
	Format    int
}

const identityMark = "FAYI"

// identityLine writes the identity with a checksum, as it stands in the file:
// FAYI|1|contest|judge|round|plan|total|check.
func (s SheetIdentity) IdentityLine() string {
	total := "marks"
	if s.TotalOnly {
		total = "total"
	}
	line := strings.Join([]string{identityMark, strconv.Itoa(s.Format), string(s.Contest), string(s.Judge),
		strconv.Itoa(int(s.Round)), s.Plan, total}, "|")
	return line + "|" + identitySum(line)
}

// identitySum tells a line that was altered or cut from a whole one; it is no secret.
func identitySum(line string) string {
	sum := sha256.Sum256([]byte("fayi score sheet\n" + line))
	return fmt.Sprintf("%x", sum[:6])
}

// parseIdentity reads an identity line. found says that text is meant to be one; ok that it is whole.
func parseIdentity(text string) (id SheetIdentity, found, ok bool) {
	text = strings.TrimSpace(text)
	if i := strings.Index(text, identityMark+"|"); i < 0 {
		return id, false, false
	} else {
		text = text[i:]
	}
	cut := strings.LastIndexByte(text, '|')
	parts := strings.Split(text[:cut], "|")
	if len(parts) != 7 || identitySum(text[:cut]) != text[cut+1:] {
		return id, true, false
	}
	format, err1 := strconv.Atoi(parts[1])
	round, err2 := strconv.Atoi(parts[4])
	id = SheetIdentity{
		Contest:   judging.ContestID(parts[2]),
		Judge:     judging.JudgeID(parts[3]),
		Round:     judging.Round(round),
		Plan:      parts[5],
		TotalOnly: parts[6] == "total",
		Format:    format,
	}
	return id, true, err1 == nil && err2 == nil
}
