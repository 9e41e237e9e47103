; The installer for Windows: the program, the headless program, start menu, double click on packets. It installs for the user who runs it, needs no administrator
; and no network, and leaves contests, packets and settings alone, also when the program is removed. Only the rule of the firewall for the judging room needs an
; administrator: it is asked about, and all else works without it.
Target amd64-unicode
Unicode true
Name "$(NAME)"
OutFile "${OUT}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Fayi"
!define CLASSES "Software\Classes"
InstallDir "$LOCALAPPDATA\Programs\Fayi"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
BrandingText "Fayi ${VERSION}"
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh
!define MUI_ICON "${SOURCE}/fayi.ico"
!define MUI_UNICON "${SOURCE}/fayi.ico"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\fayi.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The language of Windows, and Chinese where it is neither.
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

!macro TEXT KEY CHINESE ENGLISH
  LangString ${KEY} ${LANG_SIMPCHINESE} "${CHINESE}"
  LangString ${KEY} ${LANG_ENGLISH} "${ENGLISH}"
!macroend
!insertmacro TEXT NAME "法艺评审" "Fayi"
!insertmacro TEXT PACKET "法艺评审包" "Fayi judging packet"
!insertmacro TEXT OPEN_WITH "用法艺评审打开" "Open with Fayi"
!insertmacro TEXT RUNNING "法艺评审正在运行。请先关掉它的窗口，再点“重试”。" "Fayi is running. Close its window first, then press Retry."
!insertmacro TEXT FIREWALL "评委要用自己的手机、平板评分（评审室），Windows 防火墙必须让本地网络里的设备连到法艺评审。现在放行吗？Windows 会请管理员确认；以后也可以在第一次打开评审室时再允许。" "For judges to score on their own phones and tablets (judging room), the firewall of Windows must let devices on the local network connect to Fayi. Allow it now? Windows asks an administrator to confirm. It can also be allowed when the room is first opened."
!insertmacro TEXT TOO_OLD "法艺评审需要 64 位的 Windows 10 或更新的系统。" "Fayi needs Windows 10 or later, 64 bit."

VIProductVersion "${NUMBERS}"
!macro VERSION_TEXTS LANGUAGE TITLE
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${TITLE}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${TITLE}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "Fayi"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "Apache-2.0"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
!macroend
!insertmacro VERSION_TEXTS ${LANG_SIMPCHINESE} "法艺评审"
!insertmacro VERSION_TEXTS ${LANG_ENGLISH} "Fayi"

; A program that runs can't be written: that is asked of both before anything is changed. Without a window to ask in, the answer is to give up.
!macro WAIT_FOR UN
Function ${UN}WaitFor
  Pop $1
  again:
  IfFileExists "$1" 0 free
  ClearErrors
  FileOpen $0 "$1" a
  IfErrors 0 close
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 3
  Abort
  close:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro WAIT_FOR ""
!insertmacro WAIT_FOR "un."
!macro WAIT_FOR_BOTH UN
  Push "$INSTDIR\fayi.exe"
  Call ${UN}WaitFor
  Push "$INSTDIR\fayictl.exe"
  Call ${UN}WaitFor
!macroend

; The rule of the firewall: what comes from the local network may reach the two programs, on whatever network the computer is, since Windows takes the Wi-Fi of a
; meeting room for a public one. An earlier rule is replaced. Who refuses the administrator's question goes on without it.
!define RULE "Fayi judging room"
!macro FIREWALL
  MessageBox MB_YESNO|MB_ICONQUESTION "$(FIREWALL)" /SD IDNO IDNO refused
  StrCpy $0 'netsh advfirewall firewall'
  StrCpy $1 'dir=in action=allow protocol=TCP remoteip=localsubnet profile=any enable=yes'
  ClearErrors
  ExecShellWait "runas" "$SYSDIR\cmd.exe" '/c "$0 delete rule name="${RULE}" & $0 add rule name="${RULE}" program="$INSTDIR\fayi.exe" $1 & $0 add rule name="${RULE}" program="$INSTDIR\fayictl.exe" $1"' SW_HIDE
  IfErrors refused
  WriteRegDWORD HKCU "${UNINSTALL}" "FirewallRule" 1
  refused:
!macroend

; What the desktop shows of types and menus is read anew.
!macro TELL_DESKTOP
  ${RefreshShellIcons} ; SHChangeNotify with SHCNE_ASSOCCHANGED
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro WAIT_FOR_BOTH ""
  SetOutPath "$INSTDIR"
  File "${SOURCE}/fayi.exe"
  File "${SOURCE}/fayictl.exe"
  File "${SOURCE}/fayi.ico"
  File "${SOURCE}/README.txt"
  File "${SOURCE}/LICENSE.txt"
  File "${SOURCE}/THIRD-PARTY.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\fayi.exe"
  CreateShortcut "$DESKTOP\$(NAME).lnk" "$INSTDIR\fayi.exe"

  WriteRegStr HKCU "${CLASSES}\.fayipacket" "" "Fayi.Packet"
  WriteRegStr HKCU "${CLASSES}\Fayi.Packet" "" "$(PACKET)"
  WriteRegStr HKCU "${CLASSES}\Fayi.Packet\DefaultIcon" "" "$INSTDIR\fayi.ico"
  WriteRegStr HKCU "${CLASSES}\Fayi.Packet\shell\open\command" "" '"$INSTDIR\fayi.exe" "%1"'
  ; A contest is a folder: its menu opens it, and so does the menu of the file in it. Other folders and other .db files are left as they are.
  !macro CONTEST_MENU KEY NAMES
    WriteRegStr HKCU "${CLASSES}\${KEY}\shell\Fayi" "" "$(OPEN_WITH)"
    WriteRegStr HKCU "${CLASSES}\${KEY}\shell\Fayi" "Icon" "$INSTDIR\fayi.ico"
    WriteRegStr HKCU "${CLASSES}\${KEY}\shell\Fayi" "AppliesTo" '${NAMES}'
    WriteRegStr HKCU "${CLASSES}\${KEY}\shell\Fayi\command" "" '"$INSTDIR\fayi.exe" "%1"'
  !macroend
  !insertmacro CONTEST_MENU "Directory" 'System.FileName:~"*.fayi"'
  !insertmacro CONTEST_MENU "SystemFileAssociations\.db" 'System.FileName:="contest.db"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(NAME)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\fayi.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Fayi"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  ReadRegDWORD $0 HKCU "${UNINSTALL}" "FirewallRule"
  ${If} $0 != 1 ; one that was made holds for the new version, too
    !insertmacro FIREWALL
  ${EndIf}
  !insertmacro TELL_DESKTOP
SectionEnd

; Only what was installed goes, by name; a folder that holds anything else stays.
Section Uninstall
  !insertmacro WAIT_FOR_BOTH "un."
  Delete "$INSTDIR\fayi.exe"
  Delete "$INSTDIR\fayictl.exe"
  Delete "$INSTDIR\fayi.ico"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD-PARTY.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ; Windows may have spoken the other language when they were made.
  Delete "$SMPROGRAMS\法艺评审.lnk"
  Delete "$SMPROGRAMS\Fayi.lnk"
  Delete "$DESKTOP\法艺评审.lnk"
  Delete "$DESKTOP\Fayi.lnk"
  DeleteRegKey HKCU "${CLASSES}\.fayipacket"
  DeleteRegKey HKCU "${CLASSES}\Fayi.Packet"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\Fayi"
  DeleteRegKey HKCU "${CLASSES}\SystemFileAssociations\.db\shell\Fayi"
  ReadRegDWORD $0 HKCU "${UNINSTALL}" "FirewallRule"
  ${If} $0 == 1
  ${AndIfNot} ${Silent} ; the administrator's question can't be answered; a rule for programs that are gone lets nothing through
    ExecShellWait "runas" "$SYSDIR\cmd.exe" '/c netsh advfirewall firewall delete rule name="${RULE}"' SW_HIDE
  ${EndIf}
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro TELL_DESKTOP
SectionEnd
