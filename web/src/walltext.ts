// Texts of the big screen.
import zh from '../../assets/text/wall.zh-Hans.json';
import en from '../../assets/text/wall.en.json';
import { catalogue } from './tongue';

export { language, speak } from './tongue';

export const t = catalogue('wall', { 'zh-Hans': zh, en });
