package documents

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// What is left out of the XML of Word, Excel and PowerPoint, by local names, whatever their prefix is.
var (
	// officeDropped are elements that no reader shows, or that only say who did what when.
	officeDropped = map[string]trace.Trace{
		"del": trace.History, "moveFrom": trace.History, "delText": trace.History, "delInstrText": trace.History,
		"moveFromRangeStart": trace.History, "moveFromRangeEnd": trace.History, "moveToRangeStart": trace.History,
		"moveToRangeEnd": trace.History, "rsids": trace.History, "rPrChange": trace.History,
		"pPrChange": trace.History, "sectPrChange": trace.History, "tblPrChange": trace.History,
		"tblGridChange": trace.History, "trPrChange": trace.History, "tcPrChange": trace.History,
		"tblPrExChange": trace.History, "numberingChange": trace.History, "cellIns": trace.History,
		"cellDel": trace.History, "cellMerge": trace.History, "commentRangeStart": trace.Comment,
		"commentRangeEnd": trace.Comment, "commentReference": trace.Comment, "annotationRef": trace.Comment,
		"bookmarkStart": trace.Unnamed, "bookmarkEnd": trace.Unnamed, "proofErr": trace.Unnamed,
		"permStart": trace.Author, "permEnd": trace.Author, "sdtPr": trace.Unnamed, "sdtEndPr": trace.Unnamed,
		"smartTagPr": trace.Unnamed, "customXmlPr": trace.Unnamed, "ffData": trace.Unnamed, "fldData": trace.Unnamed,
		"docVars": trace.Unnamed, "mailMerge": trace.Unnamed, "extLst": trace.Unnamed, "custDataLst": trace.Unnamed,
		"custShowLst": trace.Unnamed, "embeddedFontLst": trace.Unnamed, "handoutMasterIdLst": trace.Unnamed,
		"hlinkClick": trace.Unnamed, "hlinkHover": trace.Unnamed, "hlinkMouseOver": trace.Unnamed,
		"hyperlinks": trace.Unnamed, "legacyDrawing": trace.Comment, "legacyDrawingHF": trace.Unnamed,
		"externalReferences": trace.Unnamed, "fileSharing": trace.Author, "fileVersion": trace.Software,
		"fileRecoveryPr": trace.Unnamed, "absPath": trace.Author, "webPublishing": trace.Unnamed,
		"customWorkbookViews": trace.Author, "customSheetViews": trace.Author, "controls": trace.Unnamed,
		"oleObjects": trace.Attached, "OLEObject": trace.Attached, "externalData": trace.Attached,
		"control": trace.Unnamed, "latentStyles": "", "altName": "", "embedRegular": "", "embedBold": "",
		"embedItalic": "", "embedBoldItalic": "", "tagLst": trace.Unnamed, "scenarios": trace.Unnamed,
		"dataValidations": trace.Unnamed, "customProperties": trace.Unnamed, "smartTags": trace.Unnamed,
		"phoneticPr": "", "pivotCaches": trace.Unnamed, "subDoc": trace.Unnamed, "userDrawn": "",
		"presenceInfo": trace.Author, "protectedRanges": trace.Author, "printSettings": trace.Device, "aliases": "",
		"definedNames": trace.Unnamed, "tableParts": "", "conditionalFormatting": "", "autoFilter": "",
		"headerFooter": trace.Unnamed, "rPh": "", "dataConsolidate": trace.Unnamed, "notesMasterIdLst": "",
		"catLst": "", "revisionPtr": trace.History, "functionGroups": "", "sortState": "", "calcPr": "",
	}
	// officeOpened are elements of which only the content stays.
	officeOpened = set("hyperlink sdt sdtContent customXml smartTag ins moveTo AlternateContent")

	// settingsKept are the settings of Word by which pages look as they do.
	settingsKept = set(`evenAndOddHeaders mirrorMargins gutterAtTop defaultTabStop characterSpacingControl footnotePr
		endnotePr compat themeFontLang clrSchemeMapping displayBackgroundShape autoHyphenation
		bordersDoNotSurroundHeader
		bordersDoNotSurroundFooter alignBordersAndEdges bookFoldPrinting`)

	// wordAttrs are attributes that hold words which no reader shows, or that refer to what is gone.
	wordAttrs = set(`descr title alt tooltip author initials userId providerId displayName tgtFrame history docLocation
		rsid rsidR rsidRDefault rsidP rsidRPr rsidTr rsidSect rsidDel paraId textId anchor macro textlink promptTitle
		prompt
		error errorTitle gfxdata href spid hlinkHover href tableReference userName lastEdited lowestEdited rupBuild
		codeName uniqueName screenTip fullDate bmkName custT anchorId editId equationxml uid progId shapeid ObjectID
		DrawAspect date element statusText helpText entryMacro exitMacro creator modifiedBy published fPublished comment
		shortcutKey statusBar help customMenu description legacyTool algorithmName hashValue saltValue spinCount
		cryptProviderType phldrT uniqueId moniker`)
	// namedKept are elements whose name is shown, or by which others refer to them.
	namedKept = set("font sheet gd compatSetting rcFonts")
	// styleNames are elements whose name is that of a style of tables or cells.
	styleNames = set("cellStyle tableStyle tableStyleInfo")
	// shownText are the elements of which readers show the text, or by which they place things.
	shownText = set("t v instrText formatCode align positionH positionV CellType f")
	// wordyAttrs are attributes that may hold words of any script which are shown, or by which they are drawn.
	wordyAttrs = set(`typeface ascii hAnsi eastAsia cs string name val lastClr formatCode char lvlText panose style
		font-family sym`)
	// styleRefs are elements whose value is the id of a style.
	styleRefs = set("pStyle rStyle tblStyle basedOn next link styleLink numStyleLink")
	// wordVals are elements of Word whose value may be in any script.
	wordVals = set("lvlText chr begChr endChr sepChr font decimalSymbol listSeparator v")

	numbers    = regexp.MustCompile(`^[-+0-9.eE%\s]*$`)
	chartRange = regexp.MustCompile(`\$[A-Z]{1,3}\$[0-9]{1,7}(:\$[A-Z]{1,3}\$[0-9]{1,7})?$`)
	// builtInTable are the names of styles that Excel and Word bring.
	builtInTable = regexp.MustCompile(`^(TableStyle(Light|Medium|Dark)[0-9]{1,2}|PivotStyle(Light|Medium|Dark)[0-9]{1,2}|` +
		`Normal|常规|Comma|Currency|Percent|Hyperlink|Heading [1-4]|Title|Total|Good|Bad|Neutral|Note|Input|Output|Calculation|` +
		`Warning Text|Explanatory Text|Check Cell|Linked Cell|(20|40|60)% - Accent[1-6]|Accent[1-6]|)$`)

	pageFields = regexp.MustCompile(
		`(?i)^\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*(MERGEFORMAT|Arabic|Roman|CHINESENUM[123]))*\s*$`,
	)
	builtIn = regexp.MustCompile(`(?i)^(normal|heading [1-9]|toc [1-9]|toc heading|title|subtitle|header|footer|` +
		`footnote (text|reference)|endnote (text|reference)|hyperlink|list paragraph|table grid|normal table|no list|` +
		`default paragraph font|caption|strong|emphasis|quote|plain text|body text|balloon text|normal ` +
		`\(web\)|page number|date)$`)
)

// officeRules cleans one part.
type officeRules struct {
	*officeCopy

	part   *officePart
	spaces map[string]string // by prefix, "" for what is not known
	used   map[string]bool   // new ids of relationships that something refers to
	prompt bool              // within a placeholder of a layout, whose words no slide shows
}

// clean returns what n becomes: nothing, itself, or its content.
func (r *officeRules) clean(n *xmltree.Node, parent string) []*xmltree.Node {
	local := n.Name.Local
	if local == "" {
		if parent == "instrText" && !pageFields.MatchString(n.Text) {
			if strings.TrimSpace(n.Text) != "" {
				r.Lost(trace.Unnamed)
			}
			return nil
		}
		if r.lose(parent != "instrText" && !shownText[parent] && !numbers.MatchString(n.Text)) {
			return nil
		}
		switch parent {
		case "f":
			n.Text = chartRange.FindString(n.Text)
		case "formatCode":
			n.Text = plainFormat(n.Text)
		}
		return []*xmltree.Node{n}
	}
	if r.lose(r.unseenHere(n, parent)) {
		return nil
	}
	if t, gone := officeDropped[local]; gone {
		if t != "" {
			r.Lost(t)
		}
		return nil
	}
	if ns, bound := r.spaces[n.Name.Space]; n.Name.Space != "" && (!bound || ns == "") {
		r.Lost(trace.Unnamed)
		return nil
	}
	if parent == "settings" && !settingsKept[local] || r.hiddenRun(n) || !r.refers(n) {
		r.Lost(trace.Unnamed)
		return nil
	}
	if local == "AlternateContent" {
		return r.choice(n, parent)
	}
	n.Attrs = r.attrs(n)
	var kids []*xmltree.Node
	outer := r.prompt
	r.prompt = outer || r.isPrompt(n)
	for _, k := range n.Kids {
		kids = append(kids, r.clean(k, local)...)
	}
	r.prompt = outer
	n.Kids = kids
	if officeOpened[local] {
		return kids
	}
	return []*xmltree.Node{n}
}

// choice keeps both forms of what stands there in two, each cleaned.
func (r *officeRules) choice(n *xmltree.Node, parent string) []*xmltree.Node {
	for _, k := range n.Kids {
		var kids []*xmltree.Node
		for _, inner := range k.Kids {
			kids = append(kids, r.clean(inner, parent)...)
		}
		k.Kids = kids
		k.Attrs = slices.DeleteFunc(k.Attrs, func(a xml.Attr) bool { return a.Name.Local != "Requires" })
	}
	n.Attrs = nil
	n.Kids = slices.DeleteFunc(n.Kids, func(k *xmltree.Node) bool {
		return k.Name.Local != "Choice" && k.Name.Local != "Fallback"
	})
	return []*xmltree.Node{n}
}

// hiddenRun reports whether a run of Word, or a paragraph, is one that readers don't show.
func (r *officeRules) hiddenRun(n *xmltree.Node) bool {
	switch n.Name.Local {
	case "r":
		rPr := n.Child("rPr")
		if hides(rPr) {
			return true
		}
		if rPr != nil {
			if s := rPr.Child("rStyle"); s != nil {
				return r.hidden[s.Attr("val")]
			}
		}
	case "p":
		if pPr := n.Child("pPr"); pPr != nil {
			if s := pPr.Child("pStyle"); s != nil {
				return r.hidden[s.Attr("val")]
			}
		}
	}
	return false
}

// refers writes the new ids of relationships over the old ones. It is false for an element that refers to what is
// left out.
func (r *officeRules) refers(n *xmltree.Node) bool {
	n.Attrs = slices.DeleteFunc(n.Attrs, func(a xml.Attr) bool {
		return strings.HasSuffix(r.spaces[a.Name.Space], "/relationships") && a.Name.Space != "" &&
			r.part.ids[a.Value] == "" && slices.Contains([]string{"blip", "oleObj", "hyperlink"}, n.Name.Local)
	})
	for i, a := range n.Attrs {
		if a.Name.Space == "" || !strings.HasSuffix(r.spaces[a.Name.Space], "/relationships") {
			continue
		}
		id := r.part.ids[a.Value]
		if id == "" {
			return false
		}
		n.Attrs[i].Value = id
		r.used[id] = true
	}
	return true
}

// attrs returns the attributes that stay.
func (r *officeRules) attrs(n *xmltree.Node) []xml.Attr {
	var out []xml.Attr
	for _, a := range n.Attrs {
		if v, keep := r.attr(n, a); keep {
			out = append(out, xml.Attr{Name: a.Name, Value: v})
		}
	}
	return out
}

func (r *officeRules) attr(n *xmltree.Node, a xml.Attr) (string, bool) {
	element, local, v := n.Name.Local, a.Name.Local, a.Value
	switch {
	case a.Name.Space == "xmlns":
		return v, r.spaces[local] != "" && knownSpaces.MatchString(v)
	case local == "xmlns" && a.Name.Space == "":
		return v, knownSpaces.MatchString(v)
	case a.Name.Space != "" && r.spaces[a.Name.Space] == "":
		return "", false
	case a.Name.Space != "" && strings.HasSuffix(r.spaces[a.Name.Space], "/relationships"):
		return v, true
	case local == "Ignorable", local == "Requires":
		return r.knownOnly(v), true
	case local == "instr":
		return v, pageFields.MatchString(v)
	case local == "styleId", local == "val" && styleRefs[element]:
		return alias(v), true
	case local == "val" && element == "name":
		if builtIn.MatchString(v) {
			return v, true
		}
		return alias(v), true
	case strings.HasPrefix(r.spaces[n.Name.Space], "urn:schemas-microsoft-com:vml") &&
		(local == "id" || local == "type"):
		return strings.Repeat("#", strings.Count(v[:min(len(v), 1)], "#")) + alias(strings.TrimPrefix(v, "#")), true
	case local == "name" && styleNames[element] || local == "defaultTableStyle" || local == "defaultPivotStyle":
		if builtInTable.MatchString(v) {
			return v, true
		}
		return alias(v), true
	case local == "name" && !namedKept[element]:
		return "", true
	case local == "formatCode":
		return plainFormat(v), true
	case (local == "activeTab" || local == "firstSheet") && element == "workbookView":
		return "", false
	case !wordyAttrs[local] && !(element == "sheet" && local == "name") && !technical(v):
		r.Lost(trace.Unnamed)
		return "", false
	case wordAttrs[local] && !(local == "title" && element == "sheet"):
		if v != "" {
			r.Lost(trace.Unnamed)
		}
		return "", false
	case local == "val" && !wordVals[element] && !technical(v):
		r.Lost(trace.Unnamed)
		return "", true
	}
	return v, true
}

// knownOnly drops the prefixes that are not known from a list of them.
func (r *officeRules) knownOnly(list string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(list), func(p string) bool { return r.spaces[p] == "" }), " ")
}

// technical reports whether a value is one that programs write for programs.
func technical(v string) bool {
	return len(v) <= 60 && !strings.ContainsFunc(v, func(c rune) bool { return c > unicode.MaxASCII })
}

// unseenHere reports whether an element is one that readers don't show where it stands: rows and shapes that are hidden,
// formulas of cells, what layouts say where slides have words of their own.
func (r *officeRules) unseenHere(n *xmltree.Node, parent string) bool {
	switch n.Name.Local {
	case "tr":
		trPr := n.Child("trPr")
		return trPr != nil && isOn(trPr.Child("hidden"))
	case "f":
		return parent == "c"
	case "sp", "pic", "graphicFrame", "grpSp", "cxnSp", "wsp":
		for _, k := range n.Kids {
			if c := k.Child("cNvPr"); c != nil && isHidden(c) || k.Name.Local == "cNvPr" && isHidden(k) {
				return true
			}
		}
	case "inline", "anchor":
		c := n.Child("docPr")
		return c != nil && isHidden(c)
	case "shape", "rect", "oval", "roundrect", "line", "group":
		return strings.Contains(strings.ReplaceAll(n.Attr("style"), " ", ""), "visibility:hidden")
	case "title", "desc":
		return strings.HasSuffix(r.spaces[n.Name.Space], "/diagram")
	case "t":
		return r.prompt
	}
	return false
}

// plainFormat returns the format of a number without words of more than a few letters: a cell that shows them is rare,
// and nothing else does.
func plainFormat(code string) string {
	code = formatWords.ReplaceAllString(code, `""`)
	return formatLetters.ReplaceAllString(code, "")
}

var (
	formatWords   = regexp.MustCompile(`"[^"]{5,}"`)
	formatLetters = regexp.MustCompile(`(\\.){5,}`)
)

// isPrompt reports whether a shape of a layout or a master only keeps a place for what slides say.
func (r *officeRules) isPrompt(n *xmltree.Node) bool {
	if n.Name.Local != "sp" || r.part.kind != "slideLayout" && r.part.kind != "slideMaster" {
		return false
	}
	nv := n.Child("nvSpPr")
	if nv == nil {
		return false
	}
	pr := nv.Child("nvPr")
	return pr != nil && pr.Child("ph") != nil
}
