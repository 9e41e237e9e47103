package report

import (
	"context"
	"io"

	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
)

// Certificates are those of all winners, numbered at one moment, to be written in parts.
type Certificates struct {
	print  *certificatePrint
	Report CertificateReport
}

// Certify numbers the certificates of all winners, those of units and teachers too, and writes nothing yet. Errors: as
// PrintCertificates.
func Certify(ctx context.Context, rec *records.Records, anyway bool, words paper.Words) (Certificates, error) {
	p, r, err := Of(rec).prepare(ctx, CertificateRequest{Honours: true, Anyway: anyway}, words)
	return Certificates{p, r}, err
}

// Part returns the certificates of the awards that keep names, in their order.
func (c Certificates) Part(keep func(awards.Award) bool) CertificatePart {
	part := *c.print
	part.list, part.issued, part.won = nil, nil, nil
	for i, a := range c.print.won {
		if keep(a) {
			part.list = append(part.list, c.print.list[i])
			part.issued, part.won = append(part.issued, c.print.issued[i]), append(part.won, a)
		}
	}
	return CertificatePart{&part}
}

// CertificatePart are some of the certificates.
type CertificatePart struct{ print *certificatePrint }

// Len is how many there are.
func (p CertificatePart) Len() int { return len(p.print.list) }

// Write writes them as PDF.
func (p CertificatePart) Write(w io.Writer) error {
	return diploma.Certificates(w, p.print.template, p.print.series, p.print.list)
}

// WriteList writes what stands on them as a table.
func (p CertificatePart) WriteList(w io.Writer) error { return p.print.writeList(w) }
