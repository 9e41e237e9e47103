package intake

// The papers of a batch. Fayi knows them by their names and takes them for no submissions.
const (
	BatchListName     = "上报汇总表.xlsx"
	BatchLetterName   = "上报函.docx"
	BatchManifestName = "校验清单.csv"
	BatchWorksFolder  = "作品"
)

// isBatchPaper reports whether a file is a paper of a batch that holds no works.
func isBatchPaper(name string) bool { return name == BatchLetterName || name == BatchManifestName }
