package office_test

import (
	"bytes"
	"encoding/ascii85"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/tiff/lzw"
)

// object makes the body of an object that has a stream.
func streamOf(dict string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// pdfOf makes a document of objects, numbered from 1, the first its root.
func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	places := []int{}
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return b.Bytes()
}

// richPDF is a document with words in all that its root, its pages and its fields may have.
func richPDF(_ *testing.T, p []string) []byte {
	content := "BT /F 12 Tf 10 10 Td (\u5BAA) Tj ET\nq BT 3 Tr /F 9 Tf (" + p[0] + ") Tj ET Q BT 7 Tr /F 9 Tf [(" + p[1] +
		")] TJ 0 Tr ET\n/G gs BT /F 9 Tf 3 Tr <" + hex.EncodeToString([]byte(p[2])) + "> Tj ET\n" +
		"/P <</ActualText(" + p[3] + ")/Alt(" + p[4] + ")/MCID 0>> BDC EMC /P /Q BDC EMC %" + p[5] + "\n" +
		"/X BX (" + p[6] + ") zz EX /OC /O BDC BT /F 9 Tf 1 1 Td (" + p[7] + ") Tj ET EMC\n"
	return pdfOf("/Info 2 0 R/"+p[8]+"(x)/ID[("+p[9]+")("+p[9]+")]",
		"<</Type/Catalog/Pages 3 0 R/Names 6 0 R/Outlines 7 0 R/AcroForm 8 0 R/OpenAction<</S/JavaScript/JS("+p[10]+")>>"+
			"/PageLabels<</Nums[0<</P("+p[11]+")>>]>>/StructTreeRoot 9 0 R/MarkInfo<</Marked true>>/Lang("+p[12]+")"+
			"/Metadata 10 0 R/Collection<</Type/Collection/Schema<</A<</N("+p[13]+")/Subtype/S>>>>/D("+p[14]+")>>"+
			"/PieceInfo<</A<</Private("+p[15]+")>>>>/URI<</Base("+p[16]+")>>/Dests<</"+p[17]+"[4 0 R/Fit]>>"+
			"/OCProperties<</OCGs[14 0 R]/D<</Name("+p[18]+")/Creator("+p[19]+")/OFF[14 0 R]/Order[("+p[20]+")14 0 R]>>>>"+
			"/Threads[<</I<</Title("+p[21]+")>>/F 15 0 R>>]/OutputIntents[<</S/GTS_PDFX/OutputCondition("+p[22]+
			")/Info("+p[23]+")>>]/AA<</WC<</S/JavaScript/JS("+p[24]+")>>>>/Legal<</Attestation("+p[25]+")>>"+
			"/Perms<</DocMDP<</Name("+p[26]+")/Reason("+p[27]+")/ContactInfo("+p[28]+")/Location("+p[29]+")>>>>/AF[12 0 R]"+
			"/"+p[30]+"(y)/DSS<</Certs["+p[31][:0]+"]>>/SpiderInfo<</C[("+p[31]+")]>>>>",
		"<</Author("+p[32]+")/"+p[33]+"("+p[34]+")/Trapped/"+p[35]+">>",
		"<</Type/Pages/Kids[4 0 R]/Count 1/Note("+p[36]+")>>",
		"<</Type/Page/Parent 3 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Resources<</Font<</F 11 0 R>>/Properties<</Q<<"+
			"/ActualText("+p[37]+")>>/O 14 0 R>>/ExtGState<</G<</Type/ExtGState/Font[11 0 R 9]/N("+p[38]+")>>>>>>"+
			"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents("+p[39]+")/T("+p[40]+")/Subj("+p[41]+")/NM("+p[42]+
			")/RC("+p[43]+")/F 2>><</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://"+p[44]+")>>>>"+
			"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 1 1]/FS 12 0 R/F 2>>"+
			"<</Type/Annot/Subtype/Popup/Rect[0 0 9 9]/Contents("+p[45]+")/F 2>>]/Tabs/S/StructParents 0"+
			"/PieceInfo<</B<</Private("+p[46]+")>>>>/Thumb 13 0 R/AA<</O<</S/JavaScript/JS("+p[47]+")>>>>/ID("+p[48]+")"+
			"/Metadata 10 0 R/LastModified("+p[49]+")/B[15 0 R]>>",
		streamOf("/"+p[50]+"(z)/F("+p[51]+")", []byte(content)),
		"<</EmbeddedFiles<</Names[("+p[52]+")12 0 R]>>/JavaScript<</Names[("+p[53]+")<</S/JavaScript/JS("+p[54]+")>>]>>"+
			"/Dests<</Names[("+p[55]+")[4 0 R/Fit]]>>/Templates<</Names[("+p[56]+")4 0 R]>>/AP<</Names[("+p[57]+")5 0 R]>>>>",
		"<</Type/Outlines/First<</Title("+p[58]+")/Dest[4 0 R/Fit]>>/Count 1>>",
		"<</Fields[<</T("+p[59]+")/TU("+p[60]+")/TM("+p[61]+")/V("+p[62]+")/DV("+p[63]+")/FT/Tx/Type/Annot/Subtype/Widget"+
			"/F 2/Rect[0 0 1 1]>>]/XFA[("+p[64]+")10 0 R]/DA(/F 0 Tf)/DR<</Font<</F 11 0 R>>>>>>",
		"<</Type/StructTreeRoot/K<</S/P/T("+p[65]+")/Alt("+p[66]+")/ActualText("+p[67]+")/E("+p[68]+")/Lang("+p[69]+
			")/ID("+p[70]+")>>/RoleMap<</"+p[71]+"/P>>>>",
		streamOf("/Type/Metadata/Subtype/XML", []byte("<x:xmpmeta>"+p[72]+"</x:xmpmeta>")),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/"+p[73]+"/ToUnicode 16 0 R/FontDescriptor<</Type/FontDescriptor"+
			"/FontName/Helvetica/Flags 32/FontFamily("+p[74]+")/CharSet("+p[75]+")>>>>",
		"<</Type/Filespec/F("+p[76]+")/UF("+p[77]+")/Desc("+p[78]+")/EF<</F 17 0 R>>>>",
		streamOf("/Width 1/Height 15/ColorSpace/DeviceGray/BitsPerComponent 8", []byte(p[79])),
		"<</Type/OCG/Name("+p[80]+")/Usage<</CreatorInfo<</Creator("+p[81]+")>>>>>>",
		"<</Type/Bead/T<</I<</Author("+p[82]+")>>>>>>",
		streamOf("/Type/CMap", []byte("%"+p[83]+"\n/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /"+
			p[84]+" def 1 begincodespacerange <00> <FF> endcodespacerange endcmap end end")),
		streamOf("/Type/EmbeddedFile/Params<</CheckSum("+p[85]+")>>", []byte(p[86])),
		"("+p[87]+")")
}

var richPDFParts = braced("invisible text, clipping text, invisible text in hexadecimal, ActualText in the content, " +
	"Alt in the content, remark in the content, operand of nothing, text of a layer that is off, key of the trailer, " +
	"identity, script on opening, page label, language, field of a portfolio, first of a portfolio, private data, base of " +
	"links, name of a destination, name of layers, program of layers, group of layers, thread, output condition, output " +
	"information, script on closing, attestation, who signed, reason of a signature, contact of a signature, place of a " +
	"signature, made-up key, spider, author, made-up property, value of a made-up property, trapping, note on pages, " +
	"ActualText in properties, note on a state, annotation, author of an annotation, subject of an annotation, name of an " +
	"annotation, rich annotation, address of a link, popup, private data of a page, script of a page, identity of a page, " +
	"time of a page, key of a stream, file of a stream, name of an attachment, name of a script, script, named " +
	"destination, name of a template, name of an appearance, bookmark, field, tip of a field, other name of a field, value " +
	"of a field, default of a field, XFA, title in the structure, Alt in the structure, ActualText in the structure, " +
	"expansion in the structure, language in the structure, identity in the structure, role, XMP, name of a font, family " +
	"of a font, letters of a font, file name, file name in Unicode, description of a file, thumbnail, layer, program of a " +
	"layer, author of a thread, remark in a map, name of a map, sum of a file, attached file, object without a reference")

// spelt ways in which a JPEG stands in a PDF, one object each.
func picturesPDF(t *testing.T, p []string) []byte {
	photo := func(mark string) []byte {
		b := basePicture(t, "jpg")
		return append(append(b[:2:2], lengthened(0xFE, mark)...), b[2:]...)
	}
	const image = "/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8"
	a85 := func(b []byte) []byte {
		out := make([]byte, ascii85.MaxEncodedLen(len(b)))
		return append(out[:ascii85.Encode(out, b)], "~>"...)
	}
	run := func(b []byte) (out []byte) {
		for ; len(b) > 0; b = b[min(len(b), 128):] {
			n := min(len(b), 128)
			out = append(append(out, byte(n-1)), b[:n]...)
		}
		return append(out, 128)
	}
	packed := func(b []byte) []byte {
		var out bytes.Buffer
		_ = lzw.NewReader // packs with early change; there is no writer of it
		out.Write(b)
		return out.Bytes()
	}
	jp2 := byTools("jp2", nil)(t, []string{"-XMP-dc:Creator=" + p[8]})
	if at := bytes.Index(jp2, []byte("\xFF\x52")); at > 0 { // a remark in the codestream
		remark := append([]byte{0xFF, 0x64, 0, byte(4 + len(p[9])), 0, 1}, p[9]...)
		jp2 = append(append(bytes.Clone(jp2[:at]), remark...), jp2[at:]...)
	}
	images := []string{
		streamOf(image+"/Filter/DCTDecode/Name/"+p[10]+"/Alternates["+"]/OPI<</A("+p[11]+")>>", photo(p[0])),
		streamOf(image+"/Filter[/DCTDecode]", photo(p[1])), streamOf(image+"/Filter[/DCT]", photo(p[2])),
		streamOf(image+"/Filter[/FlateDecode/DCTDecode]", zlibbed(photo(p[3]))),
		streamOf(image+"/Filter[/ASCII85Decode/DCTDecode]", a85(photo(p[4]))),
		streamOf(image+"/Filter[/ASCIIHexDecode/FlateDecode/DCTDecode]", []byte(hex.EncodeToString(zlibbed(photo(p[5])))+">")),
		streamOf(image+"/Filter[/RunLengthDecode null/DCTDecode]/DecodeParms[null null<</ColorTransform 0>>]",
			run(photo(p[6]))),
		streamOf(image+"/Filter 6 0 R", packed(photo(p[7]))),
		streamOf("/Type/XObject/Subtype/Image/Width 64/Height 48/Filter/JPXDecode", jp2),
		streamOf("/Type/XObject/Subtype/Image/Width 8/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
			append(zlibbed(make([]byte, 16)), p[12]...)),
		streamOf("/Type/XObject/Subtype/Image/Width 8/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8",
			append(make([]byte, 16), p[13]...)),
		streamOf("/Type/XObject/Subtype/Image/Width 8/Height 2/ImageMask true/Filter/CCITTFaxDecode/DecodeParms<</K -1/"+
			"Columns 8/Rows 2>>", append([]byte{0x26, 0xA0, 0x10, 0x01, 0x00, 0x10}, p[14]...)),
		streamOf("/Type/XObject/Subtype/Image/Width 8/Height 2/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode",
			append([]byte("\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x08\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00"+
				"\x00\x00\x00\x00\x00\x00\x00\x00\x01\x3E\x00\x01\x00\x00\x00\x15\x20\x00\x00\x00A\x00"), p[15]...)),
		streamOf("/N 3/Alternate/DeviceRGB", profileOf(p[16:20]...)),
		streamOf("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace[/ICCBased 20 0 R]/BitsPerComponent 8",
			make([]byte, 12)),
		streamOf("/FunctionType 4/Domain[0 1]/Range[0 1]", []byte("{ %"+p[20]+"\n }")),
	}
	var content, names strings.Builder
	for i := range images {
		fmt.Fprintf(&names, "/I%d %d 0 R", i, 7+i)
		fmt.Fprintf(&content, "q 20 0 0 20 %d 20 cm /I%d Do Q\n", 5*i, i)
	}
	inline := photo(p[21])
	fmt.Fprintf(&content, "q BI /W 64 /H 64 /CS /G /BPC 8 /F /DCT /L %d ID %s\nEI Q\n", len(inline), inline)
	fmt.Fprintf(&content, "q BI /W 64 /H 64 /CS /G /BPC 8 /F[/AHx /DCT] /Name(%s) ID %s>\nEI Q\n", p[22],
		hex.EncodeToString(photo(p[23])))
	fmt.Fprintf(&content, "q BI /W 2 /H 2 /CS /G /BPC 8 ID 1234%s\nEI Q\n", p[24])
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<<" + names.String() + ">>" +
			"/ColorSpace<</C[/Separation/" + p[25] + "/DeviceGray 22 0 R]>>>>>>",
		streamOf("", []byte(content.String()+"/C cs 1 scn 0 0 5 5 re f\n")), "null", "/DCTDecode",
	}
	return pdfOf("", append(objects, images...)...)
}

var picturesPDFParts = braced("photograph by name, photograph in a list, photograph by abbreviation, packed photograph, " +
	"photograph in ASCII85, photograph in a chain, photograph behind null, filter by reference, XMP of JPEG 2000, remark " +
	"in JPEG 2000, name of a picture, OPI, bytes behind packed pixels, bytes behind pixels, bytes behind a fax, " +
	"bytes in JBIG2, ICC description, ICC copyright, ICC maker, ICC model, remark in a function, photograph in line, name " +
	"in line, photograph in a chain in line, bytes behind pixels in line, name of a colour")

// byQPDF lets qpdf write a document again.
func byQPDF(make func(*testing.T, []string) []byte, args ...string) func(*testing.T, []string) []byte {
	return func(t *testing.T, parts []string) []byte {
		dir := t.TempDir()
		n := 0
		var more []string
		for _, p := range parts {
			if name, body, ok := strings.Cut(p, "="); ok && strings.HasPrefix(name, "attach") {
				path := filepath.Join(dir, fmt.Sprintf("x%d.txt", n))
				if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
					t.Error(err)
				}
				more = append(more, "--add-attachment", path, "--key="+parts[n+1], "--filename="+parts[n+2],
					"--description="+parts[n+3], "--")
				parts = append(parts[:n:n], parts[n+4:]...)
				break
			}
			n++
		}
		in, out := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "out.pdf")
		if err := os.WriteFile(in, make(t, parts), 0o600); err != nil {
			t.Error(err)
		}
		said(t, "qpdf", append(append(append([]string{}, args...), more...), in, out)...)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Error(err)
		}
		return data
	}
}

var attachment = []string{"attach={{attached file of qpdf}}", "{{key of an attachment}}", "{{file name of an attachment}}",
	"{{description of an attachment}}"}

// byExiftoolPDF lets exiftool add properties to a document, which leaves the old ones in it.
func byExiftoolPDF(t *testing.T, p []string) []byte {
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, richPDF(t, p[:88]), 0o600); err != nil {
		t.Error(err)
	}
	said(t, "exiftool", append(append([]string{"-m", "-overwrite_original"}, p[88:]...), path)...)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return data
}

var pdfFiles = []markedFile{
	{"9.pdf", richPDF, richPDFParts},
	{"10.pdf", picturesPDF, picturesPDFParts},
	{"11.pdf", byQPDF(richPDF, "--object-streams=generate", "--compress-streams=y"), tags(richPDFParts, attachment)},
	{"12.pdf", byQPDF(richPDF, "--encrypt", "", "owner", "256", "--"), tags(richPDFParts, attachment)},
	{"13.pdf", byQPDF(picturesPDF, "--linearize", "--object-streams=generate"), tags(picturesPDFParts, attachment)},
	{"14.pdf", byExiftoolPDF, tags(richPDFParts, someTags, strings.Fields(`-PDF:Author={{PDF_author}}
		-PDF:Title={{PDF_title}} -PDF:Subject={{PDF_subject}} -PDF:Keywords={{PDF_keywords}} -PDF:Creator={{PDF_creator}}
		-PDF:Producer={{PDF_producer}}`))},
}
