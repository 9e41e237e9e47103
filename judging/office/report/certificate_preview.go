package report

import (
	"bytes"
	"context"
	"image"
	"strings"

	"fayi/judging/diploma"
	"fayi/judging/sheet/paper"
)

// PreviewCertificate draws the first certificate as it would be printed by the request, with the room for the seal,
// as a picture so many pixels wide. Nothing is numbered: number and code are examples. Errors: as
// PrintCertificates; Unavailable when the drawing engine cannot start.
func (o Stage) PreviewCertificate(
	ctx context.Context, req CertificateRequest, width int, words paper.Words,
) (image.Image, error) {
	awards, err := o.winners(ctx, req)
	if err != nil {
		return nil, err
	}
	tmpl, err := readCertificateTemplate(req.Template)
	if err != nil {
		return nil, err
	}
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return nil, err
	}
	date, err := certificateDate(req.Date, o.rec.Now())
	if err != nil {
		return nil, err
	}
	a, s := awards[0], diploma.Series{
		Contest: c.Title(),
		Host:    c.Host,
		Date:    date,
		Made:    o.rec.Now(),
		Proof:   true,
		Words:   diploma.Words(words),
	}
	one := diploma.Certificate{
		Number:   words("report.certificate_number", map[string]any{"Year": o.rec.Now().Year(), "Number": "0000"}),
		Award:    a.Award,
		Category: a.Category,
		Author:   strings.Join(a.Authors, "、"),
		Title:    a.Title,
		Group:    a.Group,
		Unit:     a.Unit,
		Teacher:  strings.Join(a.Teachers, "、"),
		Code:     "0000-0000-0000-0000",
	}
	var b bytes.Buffer
	if err := diploma.Certificates(&b, tmpl, s, []diploma.Certificate{one}); err != nil {
		return nil, err
	}
	doc, err := o.rec.Papers.Open(ctx, bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return nil, err
	}
	defer doc.Close()
	return doc.Picture(ctx, 0, width)
}
