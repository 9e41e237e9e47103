package page

import (
	"context"

	"fayi/app/kit"
	"fayi/judging/office/awards"
)

// ExportNotice asks where to and writes the list for public notice.
func ExportNotice(sh kit.Shell, o interface {
	ReportNotice(ctx context.Context, path string, w Words) (awards.NoticeReport, error)
}, ending string) {
	sh.SaveFile(sh.T("noticepage.file", nil)+ending, func(path string) {
		kit.Fetch(sh, sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) (awards.NoticeReport, error) {
			return o.ReportNotice(ctx, path, sh.T)
		}, func(awards.NoticeReport) { TellMade(sh, path) })
	})
}
