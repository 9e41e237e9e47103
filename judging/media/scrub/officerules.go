package scrub

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// What is left out of the XML of Word, Excel and PowerPoint, by local names, whatever their prefix is.
var (
	// officeDropped are elements that no reader shows, or that only say who did what when.
	officeDropped = map[string]Trace{
		"del": History, "moveFrom": History, "delText": History, "delInstrText": History,
		"moveFromRangeStart": History, "moveFromRangeEnd": History, "moveToRangeStart": History,
		"moveToRangeEnd": History, "rsids": History, "rPrChange": History, "pPrChange": History,
		"sectPrChange": History, "tblPrChange": History, "tblGridChange": History, "trPrChange": History,
		"tcPrChange": History, "tblPrExChange": History, "numberingChange": History, "cellIns": History,
		"cellDel": History, "cellMerge": History,
		"commentRangeStart": Comment, "commentRangeEnd": Comment, "commentReference": Comment,
		"annotationRef": Comment, "bookmarkStart": Unnamed, "bookmarkEnd": Unnamed, "proofErr": Unnamed,
		"permStart": Author, "permEnd": Author, "sdtPr": Unnamed, "sdtEndPr": Unnamed, "smartTagPr": Unnamed,
		"customXmlPr": Unnamed, "ffData": Unnamed, "fldData": Unnamed, "docVars": Unnamed, "mailMerge": Unnamed,
		"extLst": Unnamed, "custDataLst": Unnamed, "custShowLst": Unnamed, "embeddedFontLst": Unnamed,
		"handoutMasterIdLst": Unnamed, "hlinkClick": Unnamed, "hlinkHover": Unnamed, "hlinkMouseOver": Unnamed,
		"hyperlinks": Unnamed, "legacyDrawing": Comment, "legacyDrawingHF": Unnamed, "externalReferences": Unnamed,
		"fileSharing": Author, "fileVersion": Software, "fileRecoveryPr": Unnamed, "absPath": Author,
		"webPublishing": Unnamed, "customWorkbookViews": Author, "customSheetViews": Author, "controls": Unnamed,
		"oleObjects": Attached, "OLEObject": Attached, "externalData": Attached, "control": Unnamed,
		"latentStyles": "", "altName": "", "embedRegular": "", "embedBold": "", "embedItalic": "",
		"embedBoldItalic": "", "tagLst": Unnamed, "scenarios": Unnamed, "dataValidations": Unnamed,
		"customProperties": Unnamed, "smartTags": Unnamed, "phoneticPr": "", "pivotCaches": Unnamed, "subDoc": Unnamed,
		"userDrawn": "", "presenceInfo": Author, "protectedRanges": Author, "printSettings": Device,
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
		cryptProviderType`)
	// namedKept are elements whose name is shown, or by which others refer to them.
	namedKept = set(`font sheet definedName table tableColumn cacheField cellStyle gd attr tableStyle tableStyleInfo
		ser style compatSetting rcFonts`)
	// styleRefs are elements whose value is the id of a style.
	styleRefs = set("pStyle rStyle tblStyle basedOn next link styleLink numStyleLink")
	// wordVals are elements of Word whose value may be in any script.
	wordVals = set("lvlText chr begChr endChr sepChr font decimalSymbol listSeparator v")

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
}

// clean returns what n becomes: nothing, itself, or its content.
func (r *officeRules) clean(n *node, parent string) []*node {
	local := n.name.Local
	if local == "" {
		if parent == "instrText" && !pageFields.MatchString(n.text) {
			if strings.TrimSpace(n.text) != "" {
				r.lost(Unnamed)
			}
			return nil
		}
		return []*node{n}
	}
	if t, gone := officeDropped[local]; gone {
		if t != "" {
			r.lost(t)
		}
		return nil
	}
	if ns, bound := r.spaces[n.name.Space]; n.name.Space != "" && (!bound || ns == "") {
		r.lost(Unnamed)
		return nil
	}
	if parent == "settings" && !settingsKept[local] || r.hiddenRun(n) || !r.refers(n) {
		r.lost(Unnamed)
		return nil
	}
	if local == "AlternateContent" {
		return r.choice(n, parent)
	}
	n.attrs = r.attrs(n)
	var kids []*node
	for _, k := range n.kids {
		kids = append(kids, r.clean(k, local)...)
	}
	n.kids = kids
	if officeOpened[local] {
		return kids
	}
	return []*node{n}
}

// choice keeps both forms of what stands there in two, each cleaned.
func (r *officeRules) choice(n *node, parent string) []*node {
	for _, k := range n.kids {
		var kids []*node
		for _, inner := range k.kids {
			kids = append(kids, r.clean(inner, parent)...)
		}
		k.kids = kids
		k.attrs = slices.DeleteFunc(k.attrs, func(a xml.Attr) bool { return a.Name.Local != "Requires" })
	}
	n.attrs = nil
	n.kids = slices.DeleteFunc(n.kids, func(k *node) bool {
		return k.name.Local != "Choice" && k.name.Local != "Fallback"
	})
	return []*node{n}
}

// hiddenRun reports whether a run of Word, or a paragraph, is one that readers don't show.
func (r *officeRules) hiddenRun(n *node) bool {
	switch n.name.Local {
	case "r":
		rPr := n.child("rPr")
		if hides(rPr) {
			return true
		}
		if rPr != nil {
			if s := rPr.child("rStyle"); s != nil {
				return r.hidden[s.attr("val")]
			}
		}
	case "p":
		if pPr := n.child("pPr"); pPr != nil {
			if s := pPr.child("pStyle"); s != nil {
				return r.hidden[s.attr("val")]
			}
		}
	}
	return false
}

// refers writes the new ids of relationships over the old ones. It is false for an element that refers to what is
// left out.
func (r *officeRules) refers(n *node) bool {
	n.attrs = slices.DeleteFunc(n.attrs, func(a xml.Attr) bool {
		return strings.HasSuffix(r.spaces[a.Name.Space], "/relationships") && a.Name.Space != "" &&
			r.part.ids[a.Value] == "" && slices.Contains([]string{"blip", "oleObj", "hyperlink"}, n.name.Local)
	})
	for i, a := range n.attrs {
		if a.Name.Space == "" || !strings.HasSuffix(r.spaces[a.Name.Space], "/relationships") {
			continue
		}
		id := r.part.ids[a.Value]
		if id == "" {
			return false
		}
		n.attrs[i].Value = id
	}
	return true
}

// attrs returns the attributes that stay.
func (r *officeRules) attrs(n *node) []xml.Attr {
	var out []xml.Attr
	for _, a := range n.attrs {
		if v, keep := r.attr(n, a); keep {
			out = append(out, xml.Attr{Name: a.Name, Value: v})
		}
	}
	return out
}

func (r *officeRules) attr(n *node, a xml.Attr) (string, bool) {
	element, local, v := n.name.Local, a.Name.Local, a.Value
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
	case strings.HasPrefix(r.spaces[n.name.Space], "urn:schemas-microsoft-com:vml") &&
		(local == "id" || local == "type"):
		return strings.Repeat("#", strings.Count(v[:min(len(v), 1)], "#")) + alias(strings.TrimPrefix(v, "#")), true
	case local == "name" && !namedKept[element]:
		return "", true
	case wordAttrs[local] && !(local == "title" && element == "sheet"):
		if v != "" {
			r.lost(Unnamed)
		}
		return "", false
	case local == "val" && !wordVals[element] && !technical(v):
		r.lost(Unnamed)
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
