// Texts of the page of who runs a hall.
import zh from '../../assets/text/hallpage.zh-Hans.json';
import en from '../../assets/text/hallpage.en.json';
import { catalogue } from './tongue';

export { language, speak } from './tongue';

export const t = catalogue('hallpage', { 'zh-Hans': zh, en });
