package page

import (
	"context"
	"image"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/packets"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/review"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
)

// PackBatch reports a batch.
func (p Papers) PackBatch(
	ctx context.Context, req report.BatchRequest, w Words, progress func(done, total int),
) (report.BatchReport, error) {
	return p.Office.Report().PackBatch(ctx, req, w, progress)
}

// FormTold is how a superior's form was understood.
type FormTold struct {
	Filled, Left []string // headers of the columns
	Room         int      // rows
}

// SetSuperior keeps what a superior wants and returns how its form was understood, nil without one.
func (p Papers) SetSuperior(ctx context.Context, req report.SuperiorRequest) (*FormTold, error) {
	form, err := p.Office.Report().SetSuperior(ctx, req)
	if err != nil || form == nil {
		return nil, err
	}
	return &FormTold{form.Filled, form.Left, form.Room}, nil
}

// WriteBlindness writes the list of what judges will see.
func (p Papers) WriteBlindness(ctx context.Context, path string, w Words) (int, error) {
	return p.Office.Review().WriteBlindness(ctx, path, w)
}

// PrintCertificates writes certificates.
func (p Papers) PrintCertificates(
	ctx context.Context, req report.CertificateRequest, w Words,
) (report.CertificateReport, error) {
	return p.Office.Report().PrintCertificates(ctx, req, w)
}

// PreviewCertificate draws one.
func (p Papers) PreviewCertificate(
	ctx context.Context, req report.CertificateRequest, width int, w Words,
) (image.Image, error) {
	return p.Office.Report().PreviewCertificate(ctx, req, width, w)
}

// SealPackets writes a packet for each judge.
func (p Papers) SealPackets(
	ctx context.Context, dir string, opt packets.SealOptions, w Words, progress func(done, total int),
) ([]packets.Sealed, error) {
	return p.Office.Packets().SealPackets(ctx, dir, opt, w, progress)
}

// WritePacketSlips writes the passphrases of packets.
func (p Papers) WritePacketSlips(
	ctx context.Context, path string, only judging.JudgeID, phrase string, w Words,
) (int, error) {
	return p.Office.Packets().WritePacketSlips(ctx, path, only, phrase, w)
}

// Words gives the texts of a paper in the window's language. It is an office's words without the package that names
// their type.
type Words = func(key string, args map[string]any) string

// Papers is the office with the operations that write papers, as pages call them.
type Papers struct{ Stages }

// ExportWorks writes the list of works.
func (p Papers) ExportWorks(ctx context.Context, path string, f office.WorkFilter, w Words) (int, error) {
	return p.Stages.Report().ExportWorks(ctx, path, f, w)
}

// WriteScoreSheets writes a sheet for each judge, or only for one.
func (p Papers) WriteScoreSheets(ctx context.Context, dir string, only judging.JudgeID, w Words) ([]string, error) {
	return p.Stages.Scoring().WriteScoreSheets(ctx, dir, only, w)
}

// ReportAwards writes the award list.
func (p Papers) ReportAwards(ctx context.Context, path string, req report.AwardListRequest, w Words) (int, error) {
	return p.Stages.Report().ReportAwards(ctx, path, req, w)
}

// ReportNotice writes the list for public notice.
func (p Papers) ReportNotice(ctx context.Context, path string, w Words) (awards.NoticeReport, error) {
	return p.Stages.Notices().ReportNotice(ctx, path, w)
}

// Reminders writes messages to judges.
func (p Papers) Reminders(ctx context.Context, w Words) ([]scoring.Reminder, error) {
	return p.Stages.Scoring().Reminders(ctx, w)
}

// SignOff writes the sheet that a judge signs.
func (p Papers) SignOff(ctx context.Context, judge judging.JudgeID, path string, w Words) error {
	return p.Stages.Signed().SignOff(ctx, judge, path, w)
}

// PrintPledges writes the pledge for judges to sign.
func (p Papers) PrintPledges(ctx context.Context, path string, only judging.JudgeID, w Words) error {
	return p.Stages.Signed().PrintPledges(ctx, path, only, w)
}

// TellWritten says that a file was written, with a button that shows its folder.
func TellWritten(sh kit.Shell, path, text string) {
	sh.Tell(kit.Notice{
		Tone: look.Done, Text: text, Action: sh.T("app.show_folder", nil), Do: func() { ShowFolder(sh, path) },
	})
}

// ReportRules writes the rule sheet.
func (p Papers) ReportRules(ctx context.Context, path string, w Words) (rules.RuleReport, error) {
	return p.Office.RuleBook().ReportRules(ctx, path, w)
}

// ReportMatrix writes the score matrix, with or without the judges' names.
func (p Papers) ReportMatrix(
	ctx context.Context, path string, unnamed bool, w Words,
) (results.MatrixReport, error) {
	return p.Office.Results().ReportMatrix(ctx, path, unnamed, w)
}

// ReportStatistics writes the counts.
func (p Papers) ReportStatistics(ctx context.Context, path string, w Words) (results.Statistics, error) {
	return p.Office.Results().ReportStatistics(ctx, path, w)
}

// ReportReturns writes the lists of what goes back.
func (p Papers) ReportReturns(
	ctx context.Context, dir string, req review.ReturnsRequest, w Words,
) (review.ReturnsReport, error) {
	return p.Office.Review().ReportReturns(ctx, dir, req, w)
}

// ExportNotice asks where to and writes the list for public notice.
func ExportNotice(sh kit.Shell, o interface {
	ReportNotice(ctx context.Context, path string, w Words) (awards.NoticeReport, error)
}, ending string) {
	sh.SaveFile(sh.T("noticepage.file", nil)+ending, func(path string) {
		kit.Fetch(
			sh, sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) (awards.NoticeReport, error) {
				return o.ReportNotice(ctx, path, sh.T)
			},
			func(awards.NoticeReport) { TellMade(sh, path) },
		)
	})
}
