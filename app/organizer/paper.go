package organizer

import (
	"context"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/report"
	"fayi/judging/office/scoring"
)

// words gives the texts of a paper in the window's language. It is an office's words without the package that names their type.
type words = func(key string, args map[string]any) string

// papers is the office with the operations that write papers, as pages call them.
type papers struct{ contest }

// ExportWorks writes the list of works.
func (p papers) ExportWorks(ctx context.Context, path string, f office.WorkFilter, w words) (int, error) {
	return p.contest.Report().ExportWorks(ctx, path, f, w)
}

// WriteScoreSheets writes a sheet for each judge, or only for one.
func (p papers) WriteScoreSheets(ctx context.Context, dir string, only judging.JudgeID, w words) ([]string, error) {
	return p.contest.Scoring().WriteScoreSheets(ctx, dir, only, w)
}

// ReportAwards writes the award list.
func (p papers) ReportAwards(ctx context.Context, path string, req report.AwardListRequest, w words) (int, error) {
	return p.contest.Report().ReportAwards(ctx, path, req, w)
}

// ReportNotice writes the list for public notice.
func (p papers) ReportNotice(ctx context.Context, path string, w words) (awards.NoticeReport, error) {
	return p.contest.Awards().ReportNotice(ctx, path, w)
}

// Reminders writes messages to judges.
func (p papers) Reminders(ctx context.Context, w words) ([]scoring.Reminder, error) {
	return p.contest.Scoring().Reminders(ctx, w)
}

// SignOff writes the sheet that a judge signs.
func (p papers) SignOff(ctx context.Context, judge judging.JudgeID, path string, w words) error {
	return p.contest.Scoring().SignOff(ctx, judge, path, w)
}

// TellWritten says that a file was written, with a button that shows its folder.
func TellWritten(sh kit.Shell, path, text string) {
	sh.Tell(kit.Notice{Tone: kit.Done, Text: text, Action: sh.T("app.show_folder", nil), Do: func() { ShowFolder(sh, path) }})
}
