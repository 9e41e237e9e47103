package bolt

// mapSize is how much is mapped at first, in bytes; on Windows the file is at least as large. A file that outgrows
// it makes one Update wait for all running Views.
const mapSize = 1 << 20
