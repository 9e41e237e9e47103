package biff

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"fayi/judging/text"
)

// sheetStream marks a stream, or the part of one, that holds a sheet.
const sheetStream = 0x10

// elderSample is how much text of a workbook of Excel 5 decides about its encoding, in bytes.
const elderSample = 64 << 10

// elder learns whether the workbook is of Excel 5 or 95, whose texts are bytes in the code page that the file names.
// Programs on web servers name 1252, or none, and write GBK all the same, so the bytes themselves count for more.
func (x *Source) elder() {
	if u16(x.stream[4:]) == 0x0600 {
		return
	}
	page := 0
	var sample []byte
	for b := (&records{data: x.stream}); len(sample) < elderSample; {
		kind, d, err := b.raw()
		if err != nil {
			break
		}
		switch {
		case kind == recCodePage && len(d) >= 2:
			page = int(u16(d))
		case (kind == recLabel || kind == recRString) && len(d) > 8:
			n := min(int(u16(d[6:])), len(d)-8)
			sample = append(append(sample, d[8:8+n]...), '\n')
		case kind == recString && len(d) > 2:
			sample = append(append(sample, d[2:]...), '\n')
		}
	}
	x.bytes = codePage(page, sample)
}

// codePage chooses the encoding of texts.
func codePage(page int, sample []byte) encoding.Encoding {
	switch page {
	case 936, 54936:
		return text.GB18030
	case 950:
		return traditionalchinese.Big5
	case 932:
		return japanese.ShiftJIS
	case 949:
		return korean.EUCKR
	case 65001:
		return unicode.UTF8
	}
	if guess := text.ChineseEncoding(sample); guess != nil {
		return guess
	}
	return charmap.Windows1252
}
