package rowkind

import (
	"context"
	"errors"
	"regexp"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
)

var (
	StaffRole = regexp.MustCompile(`^(?:(?:工作|会务|监督|监审|纪检|后勤)人员|(?:监督|联络|计分|记分|统计|统分)员|` +
		`会务|监审|纪检|联络人|主持人|志愿者|后勤|司机)$`)
	staffSheet = regexp.MustCompile(`工作人员|会务|后勤|监督|监审|纪检|联络|志愿|签到|嘉宾|领队|参赛|选手|主持|计分|记分`)
	judgeSheet = regexp.MustCompile(`评委|专家|裁判`)
)

// StaffSheets finds the sheets that list staff, by their names and titles, where another sheet may list judges.
func StaffSheets(ctx context.Context, b *read.Book) (map[string]bool, []judging.Problem, error) {
	aside := map[string]bool{}
	var told []judging.Problem
	if len(b.Infos()) < 2 {
		return nil, nil, nil
	}
	for i, s := range b.Infos() {
		text := s.Name
		err := b.Rows(i, nil, func(l grid.Line) error {
			if texts := OwnTexts(l); len(texts) == 1 {
				text += " " + texts[0]
			} else if len(texts) > 1 {
				return errTitleRead
			}
			return ctx.Err()
		})
		if err != nil && !errors.Is(err, errTitleRead) {
			return nil, nil, err
		}
		if text = judging.Fold(text); staffSheet.MatchString(text) && !judgeSheet.MatchString(text) {
			aside[s.Name] = true
			told = append(told, judging.Problem{
				Place: judging.Place{File: b.Name(), Sheet: s.Name},
				Text:  "sheet.staff_aside",
				Args:  judging.Args{"Sheet": s.Name},
			})
		}
	}
	if len(aside) == len(b.Infos()) {
		return nil, nil, nil
	}
	return aside, told, nil
}

// errTitleRead ends the reading of a sheet behind its title.
var errTitleRead = errors.New("the title is read")
