package diploma

import (
	"io"
	"time"
)

// RecoverySlip 恢复码 is the paper that opens a sealed contest when its password is lost.
type RecoverySlip struct {
	Contest string
	Code    string // in groups
	Made    time.Time
	Words   Words
}

// Write writes the slip as PDF on A4. Errors: those of w; Internal.
func (s RecoverySlip) Write(w io.Writer) error {
	c, err := newCanvas(paperShort, paperLong, s.Words("diploma.recovery_title", nil), s.Made)
	if err != nil {
		return err
	}
	c.pdf.AddPage()
	y := 24 * mm
	para := func(key string, size float64, args map[string]any) {
		y = c.block(regular, c.wrap(regular, size, insideWidth, s.Words(key, args)), marginSide, y, "left") + 10
	}
	y = c.block(bold, fit(s.Words("diploma.recovery_title", nil), insideWidth, 30, 20, 12, c.measure(bold)),
		marginSide, y, "left") + 10
	para("diploma.recovery_for", 12, map[string]any{
		"Contest": s.Contest, "Date": s.Made.Format(time.DateOnly),
	})
	code := fit(s.Code, insideWidth-20, 40, 20, 9, c.measure(bold))
	c.box(0.8, marginSide, y, insideWidth, 46)
	c.block(bold, code, paperShort/2, y+(46-code.height())/2, "center")
	y += 58
	para("diploma.recovery_use", 11, nil)
	para("diploma.recovery_keep", 11, nil)
	return c.write(w)
}
