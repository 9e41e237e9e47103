package main

import (
	"image/png"
	"io"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

// reportCertificates prints certificates, or writes the template that they are printed by, for a user to change.
func reportCertificates(cmd *command) handler {
	cmd.use("report certificates CONTEST", "report certificates 2020.fayi --out 证书.pdf")
	var req report.CertificateRequest
	cmd.strVar(&req.Out, "out", "FILE.pdf|DIR", "flag.out_certificates")
	cmd.yesVar(&req.Each, "each", "flag.each")
	cmd.strVar(&req.List, "list", "FILE.xlsx", "flag.list_merge")
	cmd.strVar(&req.Template, "template", "FILE.toml", "flag.template_certificates")
	cmd.strVar(&req.Date, "date", "DATE", "flag.date")
	cmd.yesVar(&req.Honours, "honours", "flag.honours")
	cmd.yesVar(&req.Proof, "proof", "flag.proof")
	cmd.yesVar(&req.Anyway, "anyway", "flag.anyway")
	works := cmd.many("work", "W", "flag.work_only")
	write := cmd.str("write-template", "FILE.toml", "flag.write_template")
	check := cmd.yes("check", "flag.check_names")
	preview := cmd.str("preview", "FILE.png", "flag.preview_certificate")
	cmd.limit(exactlyOne, "out", "write-template", "preview", "check")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		req.Works = workList(*works)
		switch {
		case *write != "":
			err := o.Report().CertificateTemplate(*write)
			return newResult(map[string]any{"path": *write}, func(pr *printer) {
				pr.say("report.template_written", judging.Args{"Path": *write})
			}).unless(err)
		case *preview != "":
			return previewCertificate(c, o, req, *preview)
		case *check:
			list, err := o.Report().UnprintableNames(c.ctx)
			if err != nil {
				return result{}, err
			}
			return answer(list, func(pr *printer) { showLacking(pr, list) })
		}
		return printCertificates(c, o, req)
	})
}

// previewCertificate writes the first certificate as a PNG.
func previewCertificate(c *call, o *office.Office, req report.CertificateRequest, path string) (result, error) {
	img, err := o.Report().PreviewCertificate(c.ctx, req, 1600, c.text.T)
	if err != nil {
		return result{}, err
	}
	err = save(path, func(w io.Writer) error { return png.Encode(w, img) })
	return newResult(map[string]any{"path": path}, func(pr *printer) {
		pr.say("report.written", judging.Args{"Path": path})
	}).unless(err)
}

func printCertificates(c *call, o *office.Office, req report.CertificateRequest) (result, error) {
	report, err := o.Report().PrintCertificates(c.ctx, req, c.text.T)
	if err != nil {
		for _, l := range report.Lacking {
			c.warn("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
		}
		return result{}, err
	}
	return answer(report, func(pr *printer) {
		pr.say("report.certificates_printed", judging.Args{"Count": report.Certificates, "Numbers": report.Numbers,
			"Path": req.Out})
		showLacking(pr, report.Lacking)
	})
}

func showLacking(pr *printer, list []report.UnprintableRecord) {
	for _, l := range list {
		pr.say("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
	}
}

// reportVerify checks a certificate by its number and code.
func reportVerify(cmd *command) handler {
	cmd.use("report verify CONTEST", "report verify 2020.fayi --number 0001 --code ABCD")
	number := cmd.must("number", "N", "flag.number")
	code := cmd.must("code", "CODE", "flag.code")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		check, err := o.Report().VerifyCertificate(c.ctx, *number, *code)
		if err != nil {
			return result{}, err
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
		return newResult(check, func(pr *printer) { pr.say(key, told) }), err
	})
}
