export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Each hands the words before the cursor to `hector complete`, and shows its answer: a candidate a line, with its
 * description behind a tab (none for bash); a tab and `files` where a file may stand. Nothing of an answer is ever
 * evaluated: a campaign may be named `$(date)`. The words stay ours, so that no other script has to be there.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: String.raw`# bash completion of hector: source <(hector completion bash)
_hector() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == $'\tfiles' ]]; then
      compopt -o default 2>/dev/null
    else
      COMPREPLY+=("$line")
    fi
  done < <(command hector complete --for bash -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _hector hector
`,
  zsh: String.raw`#compdef hector
# zsh completion of hector: source <(hector completion zsh), behind compinit
_hector() {
  local line value files=0
  local -a found
  for line in "${'$'}{(@f)$(command hector complete -- "${'$'}{(@Q)words[2,CURRENT-1]}" "${'$'}{(Q)PREFIX}" 2>/dev/null)}"; do
    if [[ $line == $'\tfiles' ]]; then
      files=1
    elif [[ -n $line ]]; then
      value=${'$'}{line%%$'\t'*}
      found+=("${'$'}{value//:/\\:}:${'$'}{line#*$'\t'}")
    fi
  done
  (( $#found )) && _describe -t values hector found
  (( files )) && _files
}
if [[ $funcstack[1] == _hector ]]; then
  _hector "$@"
else
  compdef _hector hector
fi
`,
  fish: String.raw`# fish completion of hector: hector completion fish > ~/.config/fish/completions/hector.fish
function __hector_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l plain (string unescape -- $current 2>/dev/null)
    or set plain (string trim --left --chars "'\"" -- $current)
    for line in (command hector complete -- $words[2..-1] "$plain" 2>/dev/null)
        if test "$line" = \tfiles
            __fish_complete_path "$plain"
        else
            printf '%s\n' $line
        end
    end
end
complete -c hector -f -a '(__hector_complete)'
`,
};
