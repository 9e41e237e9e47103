package archive

func init() { workFactor = 4 }
