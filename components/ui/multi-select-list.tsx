import { Combobox } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import type { Option } from './multi-select'
import { POPUP_ITEM_STYLE, POPUP_STYLE } from './popup-style'

/** The list that opens under a multi-select. */
export function MultiSelectList({ options, typed }: { options: ReadonlyMap<string, Option>; typed: string }) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
        <Combobox.Popup
          className={`${POPUP_STYLE} max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto overscroll-contain p-1`}
        >
          <Combobox.Empty>
            <p className="px-2 py-1.5 text-quiet">Nothing fits “{typed}”.</p>
          </Combobox.Empty>
          <Combobox.List>
            {(value: string) => {
              const option = options.get(value)
              return (
                <Combobox.Item key={value} value={value} className={POPUP_ITEM_STYLE}>
                  {option?.mark}
                  <span className="min-w-0 flex-1">
                    {option?.label ?? value}
                    {!option && value === typed && <span className="text-quiet"> (use as typed)</span>}
                    {option?.hint && <span className="block text-quiet text-xs">{option.hint}</span>}
                  </span>
                  <Combobox.ItemIndicator>
                    <Check aria-hidden className="size-4 text-quiet" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )
            }}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  )
}
