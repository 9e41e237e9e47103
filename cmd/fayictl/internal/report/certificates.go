package report

import (
	"image/png"
	"io"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

// reportCertificates prints certificates, or writes the template that they are printed by, for a user to change.
func reportCertificates(cmd *command.Command) command.Handler {
	cmd.Use("report certificates CONTEST", "report certificates 2020.fayi --out 证书.pdf")
	var req report.CertificateRequest
	cmd.StrVar(&req.Out, "out", "FILE.pdf|DIR", "flag.out_certificates")
	cmd.YesVar(&req.Each, "each", "flag.each")
	cmd.StrVar(&req.List, "list", "FILE.xlsx", "flag.list_merge")
	cmd.StrVar(&req.Template, "template", "FILE.toml", "flag.template_certificates")
	cmd.StrVar(&req.Date, "date", "DATE", "flag.date")
	cmd.YesVar(&req.Honours, "honours", "flag.honours")
	cmd.YesVar(&req.Proof, "proof", "flag.proof")
	cmd.YesVar(&req.Anyway, "anyway", "flag.anyway")
	works := cmd.Many("work", "W", "flag.work_only")
	write := cmd.Str("write-template", "FILE.toml", "flag.write_template")
	check := cmd.Yes("check", "flag.check_names")
	preview := cmd.Str("preview", "FILE.png", "flag.preview_certificate")
	cmd.Limit(command.ExactlyOne, "out", "write-template", "preview", "check")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req.Works = command.WorkList(*works)
		switch {
		case *write != "":
			err := o.Report().CertificateTemplate(*write)
			return command.NewResult(map[string]any{"path": *write}, func(pr *command.Printer) {
				pr.Say("report.template_written", judging.Args{"Path": *write})
			}).Unless(err)
		case *preview != "":
			return previewCertificate(c, o, req, *preview)
		case *check:
			list, err := o.Report().UnprintableNames(c.Ctx)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(list, func(pr *command.Printer) { showLacking(pr, list) })
		}
		return printCertificates(c, o, req)
	})
}

// previewCertificate writes the first certificate as a PNG.
func previewCertificate(
	c *command.Call, o *office.Office, req report.CertificateRequest, path string,
) (command.Result, error) {
	img, err := o.Report().PreviewCertificate(c.Ctx, req, 1600, c.Text.T)
	if err != nil {
		return command.Result{}, err
	}
	err = command.Save(path, func(w io.Writer) error { return png.Encode(w, img) })
	return command.NewResult(map[string]any{"path": path}, func(pr *command.Printer) {
		pr.Say("report.written", judging.Args{"Path": path})
	}).Unless(err)
}

func printCertificates(c *command.Call, o *office.Office, req report.CertificateRequest) (command.Result, error) {
	report, err := o.Report().PrintCertificates(c.Ctx, req, c.Text.T)
	if err != nil {
		for _, l := range report.Lacking {
			c.Warn("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
		}
		return command.Result{}, err
	}
	return command.Answer(report, func(pr *command.Printer) {
		pr.Say("report.certificates_printed", judging.Args{"Count": report.Certificates, "Numbers": report.Numbers,
			"Path": req.Out})
		showLacking(pr, report.Lacking)
	})
}

func showLacking(pr *command.Printer, list []report.UnprintableRecord) {
	for _, l := range list {
		pr.Say("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
	}
}

// reportVerify checks a certificate by its number and code.
func reportVerify(cmd *command.Command) command.Handler {
	cmd.Use("report verify CONTEST", "report verify 2020.fayi --number 0001 --code ABCD")
	number := cmd.Must("number", "N", "flag.number")
	code := cmd.Must("code", "CODE", "flag.code")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		check, err := o.Report().VerifyCertificate(c.Ctx, *number, *code)
		if err != nil {
			return command.Result{}, err
		}
		key := "report.not_genuine"
		if check.Genuine && check.Current {
			key = "report.genuine"
		} else if check.Genuine {
			key = "report.genuine_old"
		}
		told := judging.Args{"Number": check.Number}
		if check.Genuine {
			told["Author"], told["Title"], told["Award"] = check.Author, check.Title, check.Award
		}
		if !check.Genuine {
			err = judging.Fail(judging.Corrupt, "report.not_genuine", judging.Args{"Number": check.Number})
		}
		return command.NewResult(check, func(pr *command.Printer) { pr.Say(key, told) }), err
	})
}
