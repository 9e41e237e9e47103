package main

import (
	"errors"
	"image/png"
	"os"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

// reportCertificates prints certificates, or writes the template that they are printed by, for a user to change.
func reportCertificates(c *call) error {
	fs := c.flags()
	var req report.CertificateRequest
	fs.StringVar(&req.Out, "out", "", "")
	fs.BoolVar(&req.Each, "each", false, "")
	fs.StringVar(&req.List, "list", "", "")
	fs.StringVar(&req.Template, "template", "", "")
	fs.StringVar(&req.Date, "date", "", "")
	fs.BoolVar(&req.Honours, "honours", false, "")
	fs.BoolVar(&req.Proof, "proof", false, "")
	fs.BoolVar(&req.Anyway, "anyway", false, "")
	fs.Func("work", "", func(s string) error { req.Works = append(req.Works, judging.WorkID(s)); return nil })
	write := fs.String("write-template", "", "")
	check := fs.Bool("check", false, "")
	preview := fs.String("preview", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || req.Out == "" && *write == "" && *preview == "" && !*check {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		switch {
		case *write != "":
			err := o.Report().CertificateTemplate(*write)
			if err == nil {
				c.say("report.template_written", judging.Args{"Path": *write})
			}
			return err
		case *preview != "":
			return c.previewCertificate(o, req, *preview)
		case *check:
			list, err := o.Report().UnprintableNames(c.ctx)
			if err != nil {
				return err
			}
			return c.answer(list, func() { c.showLacking(list) })
		}
		return c.printCertificates(o, req)
	})
}

// previewCertificate writes the first certificate as a PNG.
func (c *call) previewCertificate(o *office.Office, req report.CertificateRequest, path string) error {
	img, err := o.Report().PreviewCertificate(c.ctx, req, 1600, c.text.T)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(png.Encode(f, img), f.Close())
	}
	if err != nil {
		return judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{"File": path}).Because(err)
	}
	c.say("report.written", judging.Args{"Path": path})
	return nil
}

func (c *call) printCertificates(o *office.Office, req report.CertificateRequest) error {
	report, err := o.Report().PrintCertificates(c.ctx, req, c.text.T)
	if err != nil {
		for _, l := range report.Lacking {
			c.warn("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
		}
		return err
	}
	open := report.Open
	report.Open = c.inWords(open)
	return c.answer(report, func() {
		c.tellPoints(open)
		c.say("report.certificates_printed", judging.Args{"Count": report.Certificates, "First": report.First, "Last": report.Last, "Path": req.Out})
		c.showLacking(report.Lacking)
	})
}

func (c *call) showLacking(list []report.UnprintableRecord) {
	for _, l := range list {
		c.say("report.lacking_row", judging.Args{"Work": string(l.Work), "Characters": l.Characters})
	}
}

// reportVerify checks a certificate by its number and code.
func reportVerify(c *call) error {
	fs := c.flags()
	number := fs.String("number", "", "")
	code := fs.String("code", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *number == "" || *code == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		check, err := o.Report().VerifyCertificate(c.ctx, *number, *code)
		if err != nil {
			return err
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
		err = c.answer(check, func() { c.say(key, told) })
		if err == nil && !check.Genuine {
			err = judging.Fail(judging.Corrupt, "report.not_genuine", judging.Args{"Number": check.Number})
		}
		return err
	})
}
